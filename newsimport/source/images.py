"""Find the image that a page names for itself, and know an image by its bytes."""

from __future__ import annotations

import codecs
import contextlib
import html
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from newsimport.records import NamedTuple
from newsimport.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

# How much of a page is read: what a page says of itself stands at its beginning.
LARGEST_HEAD = 512 * 1024

_LONGEST_URL = 2_048
_LONGEST_DESCRIPTION = 2_000
# Objects of JSON-LD that are looked into, whatever their number.
_MOST_OBJECTS = 1_000

_IMAGE_NAMES = (
    "og:image:secure_url",
    "og:image:url",
    "og:image",
    "twitter:image",
    "twitter:image:src",
)
_DESCRIPTION_NAMES = ("og:description", "twitter:description", "description")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The encodings of the WHATWG's standard. Python has others: punycode takes a minute for a page.
_ENCODING = re.compile(
    r"utf-?8|utf-16(?:le|be)?|windows-(?:125[0-8]|874|31j)|iso-?8859-[0-9]{1,2}|latin-?1|ascii"
    r"|us-ascii|gbk|gb2312|gb18030|big5(?:-hkscs)?|euc-(?:jp|kr)|shift[_-]jis|iso-2022-jp"
    r"|koi8-[ru]|ks_c_5601-1987|macintosh|tis-620"
)
_AS_WINDOWS = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii"), "cp1252"
    ),
    "windows-874": "cp874",
    "windows-31j": "cp932",
}


class PageHead(NamedTuple):
    """What a page says of itself: the URL of its image and a line of text, "" where it does not."""

    image: str = ""
    description: str = ""


def read_head(page: bytes, url: str, charset: str = "") -> PageHead:
    """Return what the first 512 KiB of `page` say of it.

    Of the images named the first that can be used counts: Open Graph's, then Twitter's, then that
    of JSON-LD. `url` is where the page was read, `charset` what its Content-Type says, if it does.
    """
    from lxml import etree

    text = _decoded(page[:LARGEST_HEAD], charset).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):  # nothing but white space or comments
        return PageHead()
    if root is None:
        return PageHead()
    named = _named_contents(root)
    candidates = [*_first_of(named, _IMAGE_NAMES), *_linked_data_images(root)]
    base = next((str(found.get("href")) for found in root.iter("base") if found.get("href")), "")
    where = _joined(url, base) or url
    images = (_usable(candidate, where) for candidate in candidates)
    descriptions = (tidy(html.unescape(said)) for said in _first_of(named, _DESCRIPTION_NAMES))
    return PageHead(
        next(filter(None, images), ""), next(filter(None, descriptions), "")[:_LONGEST_DESCRIPTION]
    )


def _decoded(page: bytes, charset: str) -> str:
    """Decode a page as the HTML standard does, in short: its mark, its header, its own word."""
    for mark, encoding in _BOMS:
        if page.startswith(mark):
            return page.decode(encoding, "replace")
    declared = _CHARSET.search(page[:4096])
    for name in (charset, declared[1].decode("ascii") if declared else ""):
        encoding = name.strip().casefold()
        if _ENCODING.fullmatch(encoding):
            with contextlib.suppress(LookupError):
                return page.decode(_AS_WINDOWS.get(encoding, encoding), "replace")
    return page.decode("utf-8", "replace")


def _named_contents(root: Any) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = str(meta.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = str(meta.get(attribute) or "").strip().casefold()
            if name and content.strip():
                named.setdefault(name, []).append(content)
    return named


def _first_of(named: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from named.get(name, ())


def _linked_data_images(root: Any) -> Iterator[str]:
    for script in root.iter("script"):
        if str(script.get("type") or "").partition(";")[0].strip().casefold() != (
            "application/ld+json"
        ):
            continue
        try:
            linked = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        yield from _images_in(linked)


def _images_in(linked: Any) -> Iterator[str]:
    """Yield the images of articles in JSON-LD, wherever in it the articles are."""
    waiting = [linked]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting += value[:_MOST_OBJECTS]
        elif isinstance(value, dict):
            if "article" in str(value.get("@type", "")).casefold():
                yield from _image_urls(value.get("image"))
                yield from _image_urls(value.get("thumbnailUrl"))
            waiting += [value[name] for name in ("@graph", "mainEntity") if name in value]


def _image_urls(value: Any) -> Iterator[str]:
    for image in value[:10] if isinstance(value, list) else [value]:
        url = image.get("url", image.get("contentUrl")) if isinstance(image, dict) else image
        if isinstance(url, str):
            yield url


def _usable(candidate: str, where: str) -> str:
    """Return the absolute http(s) URL of an image, "" if it is none that may be shown."""
    bare = candidate.strip()
    if not bare or len(bare) > _LONGEST_URL or not bare.isprintable():
        return ""
    url = _joined(where, bare).replace(" ", "%20")
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r'[<>"\\]', url):
        return ""
    # An SVG is a program: it is neither linked nor downloaded.
    return "" if parts.path.casefold().endswith((".svg", ".svgz")) else url


def _joined(where: str, reference: str) -> str:
    try:
        return urljoin(where, reference.strip())
    except ValueError:
        return ""


def image_type(image: bytes) -> str:
    """Return the file name's extension that fits the bytes of an image, "" for any other content.

    jpg, png, gif, webp or avif, by their signatures; never by what a server says. SVG is none.
    """
    if image.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if image.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if image.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if image[:4] == b"RIFF" and image[8:12] == b"WEBP":
        return "webp"
    return "avif" if _is_avif(image) else ""


def _is_avif(image: bytes) -> bool:
    """Tell whether the first box names an AVIF brand (ISO/IEC 14496-12, AV1 Image File Format)."""
    if image[4:8] != b"ftyp":
        return False
    size = min(int.from_bytes(image[:4], "big"), 256)
    brands = [image[8:12], *(image[at : at + 4] for at in range(16, size, 4))]
    return b"avif" in brands or b"avis" in brands
