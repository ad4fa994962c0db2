"""Hostile and broken bodies, made here, each with its clause and the exit status it must have."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass

MIB = 1 << 20
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Harbour news</title>'
    "<link>https://paper.example/</link>"
)
TAIL = "</channel></rss>"
GOOGLE = HEAD.replace("https://paper.example/", "https://news.google.com/")


@dataclass(frozen=True)
class Case:
    """A body; the numbered promise that it is about; what reading it must end with.

    `says` is a part of the sentence that the user must see, "" for none.
    """

    name: str
    clause: int
    status: int
    make: Callable[[], bytes]
    says: str = ""


CASES: list[Case] = []


def case(
    name: str,
    clause: int,
    status: int,
    text: str | bytes | Callable[[], str | bytes],
    says: str = "",
) -> None:
    def make() -> bytes:
        made = text() if callable(text) else text
        return made.encode() if isinstance(made, str) else made

    CASES.append(Case(name, clause, status, make, says))


def item(number: int = 1, body: str = "text", title: str | None = None, more: str = "") -> str:
    return (
        f"<item><title>{title or f'Story {number}'}</title><link>https://paper.example/{number}</link>"
        f"<guid>g{number}</guid>{more}<description>{body}</description></item>"
    )


GOOD = HEAD + item() + TAIL


def declared(encoding: str, body: str = "é") -> str:
    return GOOD.replace("UTF-8", encoding).replace("text", body)


def pieces(text: str, size: int) -> str:
    return text * (size // len(text) + 1)


# ---------------------------------------------------------------- declarations (clause 8)

DTD = "document type"
BOMB = '<!DOCTYPE b [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(12)
)
case("entities-exponential", 8, 65, BOMB + "]>" + HEAD + item(1, "&m;") + TAIL, DTD)
case(
    "entities-quadratic",
    8,
    65,
    lambda: f'<!DOCTYPE q [<!ENTITY a "{"x" * 60_000}">]>' + HEAD + item(1, "&a;" * 20_000) + TAIL,
    DTD,
)
case(
    "entity-external-file",
    8,
    65,
    '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + HEAD + item(1, "&f;") + TAIL,
    DTD,
)
case(
    "entity-external-address",
    8,
    65,
    '<!DOCTYPE r [<!ENTITY f SYSTEM "http://169.254.169.254/latest">]>'
    + HEAD
    + item(1, "&f;")
    + TAIL,
    DTD,
)
case(
    "entity-parameter",
    8,
    65,
    '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>' + GOOD,
    DTD,
)
case(
    "doctype-after-declaration", 8, 65, GOOD.replace("?>", '?><!DOCTYPE rss SYSTEM "rss.dtd">'), DTD
)
case("doctype-lower-case", 8, 65, "<!doctype rss [<!entity a 'b'>]>" + GOOD, DTD)
case("doctype-behind-a-comment", 8, 65, "<!-- " + "x" * 70_000 + " --><!DOCTYPE r []>" + GOOD, DTD)
case("doctype-in-the-middle", 8, 65, HEAD + "<!DOCTYPE r [<!ENTITY a 'b'>]>" + item() + TAIL, DTD)
case(
    "doctype-in-utf-16",
    8,
    65,
    ('\ufeff<!DOCTYPE r [<!ENTITY a "b">]>' + GOOD.replace("UTF-8", "UTF-16")).encode("utf-16-le"),
    DTD,
)
case("entity-without-doctype", 8, 65, "<!ENTITY a 'b'>" + GOOD, DTD)

# ---------------------------------------------------------------- sizes (clause 8)

case(
    "attributes-50000",
    8,
    65,
    lambda: HEAD + "<item " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>" + TAIL,
    "attributes",
)
case(
    "attributes-64",
    8,
    0,
    HEAD + item(1, more="<x " + " ".join(f'a{n}="1"' for n in range(64)) + "/>") + TAIL,
)
case(
    "attributes-65",
    8,
    65,
    HEAD + item(1, more="<x " + " ".join(f'a{n}="1"' for n in range(65)) + "/>") + TAIL,
    "attributes",
)
case(
    "namespaces-20000",
    8,
    65,
    lambda: (
        "<rss "
        + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(20_000))
        + "><channel>"
        + item()
        + TAIL
    ),
    "attributes",
)
case(
    "namespaces-one-each",
    8,
    65,
    lambda: HEAD + "".join(f'<x:a xmlns:x="urn:{n}"/>' for n in range(260_000)) + TAIL,
    "elements",
)
case(
    "namespaces-nested",
    8,
    0,
    HEAD + "".join(f'<a xmlns:x{n}="urn:{n}">' for n in range(50)) + "</a>" * 50 + item() + TAIL,
)
case("depth-64", 8, 0, HEAD + "<x>" * 62 + "</x>" * 62 + item() + TAIL)
case("depth-65", 8, 65, HEAD + "<x>" * 63 + "</x>" * 63 + item() + TAIL, "deeper")
case("depth-100000", 8, 65, lambda: HEAD + "<x>" * 100_000 + "</x>" * 100_000 + TAIL, "deeper")
case("depth-never-closed", 8, 65, lambda: HEAD + "<x>" * 1_000_000, "deeper")
case("text-7-mib", 8, 65, lambda: HEAD + item(1, "x" * 7 * MIB) + TAIL, "1 MiB of text")
case(
    "text-in-cdata",
    8,
    65,
    lambda: HEAD + item(1, f"<![CDATA[{'x' * 7 * MIB}]]>") + TAIL,
    "1 MiB of text",
)
case("text-1-mib", 8, 0, lambda: HEAD + item(1, "x" * (MIB - 10)) + TAIL)
case("token-64-mib", 8, 65, lambda: HEAD + '<item a="' + "x" * 64 * MIB + '"/>' + TAIL, "refused")
case("token-comment", 8, 65, lambda: HEAD + "<!--" + "x" * 7 * MIB + "-->" + TAIL, "comment")
case("token-instruction", 8, 65, lambda: HEAD + "<?p " + "x" * 7 * MIB + "?>" + TAIL, "comment")
case("token-name", 8, 65, lambda: HEAD + "<" + "x" * 7 * MIB + "/>" + TAIL, "refused")
case("token-unfinished", 8, 65, lambda: HEAD + "<item " + "x" * 7 * MIB, "refused")
case("elements-2-million", 8, 65, lambda: HEAD + "<a/>" * 2_000_000 + TAIL, "elements")
case(
    "elements-in-a-body",
    8,
    65,
    lambda: (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">{"<b>x</b>" * 500_000}</content></entry></feed>'
    ),
    "elements",
)
case("items-5001-local", 8, 0, lambda: HEAD + "".join(map(item, range(5_001))) + TAIL)
case("items-200000-empty", 8, 65, lambda: HEAD + "<item/>" * 200_000 + TAIL, "items")
case(
    "categories-200000",
    8,
    0,
    lambda: HEAD + item(1, more="<category>x</category>" * 200_000) + TAIL,
)
case(
    "enclosures-100000",
    8,
    0,
    lambda: (
        HEAD
        + item(1, more='<enclosure url="http://paper.example/a" type="image/png"/>' * 100_000)
        + TAIL
    ),
)
case("titles-200000", 8, 0, lambda: HEAD + item(1, more="<title>x</title>" * 200_000) + TAIL)
case("all-zeros", 9, 65, lambda: bytes(7 * MIB), "empty")
case("all-blanks", 9, 65, lambda: " \n" * 4_000_000, "empty")
case("blanks-before-the-root", 9, 0, " \r\n\t" * 25_000 + GOOD)
case("line-breaks-only-between", 9, 0, lambda: GOOD.replace("><", ">" + "\n" * 100_000 + "<"))
case(
    "wide-characters-8-mib",
    8,
    0,
    lambda: HEAD + "".join(item(n, "😀" + "x" * 900_000) for n in range(8)) + TAIL,
)
case("gzip-without-saying-so", 9, 65, gzip.compress(GOOD.encode()), "it is compressed")

# ---------------------------------------------------------------- time (clause 8)

case("author-redos", 8, 0, HEAD + item(1, more=f"<author>{'a' * 100_000}</author>") + TAIL)
case("author-redos-dots", 8, 0, HEAD + item(1, more=f"<author>{'a.' * 50_000}@</author>") + TAIL)
case(
    "creator-redos",
    8,
    0,
    lambda: HEAD + item(1, more=f"<dc:creator>{'a@' * 400_000}</dc:creator>") + TAIL,
)
case("dates-9s", 8, 0, HEAD + item(1, more=f"<pubDate>{'9' * 900_000}</pubDate>") + TAIL)
case("dates-weekdays", 8, 0, HEAD + item(1, more=f"<pubDate>{'Mon, ' * 100_000}</pubDate>") + TAIL)
case(
    "dates-unreadable",
    8,
    0,
    lambda: (
        HEAD
        + "".join(item(n, more=f"<pubDate>{n} of Juvember</pubDate>") for n in range(3_000))
        + TAIL
    ),
)
case(
    "publisher-repeated",
    8,
    0,
    lambda: (
        GOOGLE
        + "".join(
            item(n, title="x" + " - a" * 1_000, more='<source url="https://a.example">a</source>')
            for n in range(1_500)
        )
        + TAIL
    ),
)
case(
    "publishers-all-different",
    8,
    0,
    lambda: (
        GOOGLE
        + "".join(item(n, more=f"<source>{n} {'ab ' * 800}</source>") for n in range(1_500))
        + TAIL
    ),
)
case("cluster-anchors-open", 8, 0, lambda: GOOGLE + item(1, "&lt;a " * 150_000) + TAIL)
case(
    "cluster-anchors-full",
    8,
    0,
    lambda: GOOGLE + item(1, "&lt;a href=https://a.example&gt;x " * 25_000) + TAIL,
)
case(
    "cluster-fonts",
    8,
    0,
    lambda: GOOGLE + item(1, "&lt;a href=b&gt;x&lt;/a&gt;" + "&lt;font&gt;" * 70_000) + TAIL,
)
case(
    "cluster-deep",
    8,
    0,
    lambda: GOOGLE + item(1, "&lt;b&gt;" * 90_000 + "&lt;a href=b&gt;x&lt;/a&gt;") + TAIL,
)
case(
    "cluster-comments",
    8,
    0,
    lambda: GOOGLE + item(1, "&lt;a href=b&gt;x&lt;/a&gt;" + "&lt;!--" * 90_000) + TAIL,
)
case("images-almost", 8, 0, lambda: HEAD + item(1, "&lt;img " + "src " * 200_000) + TAIL)
case(
    "entities-of-html",
    8,
    0,
    lambda: HEAD + item(1, "&amp;amp;" * 100_000, title="&amp;amp;" * 100_000) + TAIL,
)
case("title-angles", 8, 0, lambda: HEAD + item(1, title="&lt;a " * 150_000) + TAIL)
case("title-combining", 14, 0, lambda: HEAD + item(1, title="a" + "\u0301\u0327" * 150_000) + TAIL)
case(
    "channel-title-dashes",
    8,
    0,
    lambda: GOOGLE.replace("Harbour news", " - " * 300_000) + item() + TAIL,
)
case(
    "language-long",
    8,
    0,
    lambda: GOOGLE + f"<language>{'en-' * 200_000}</language>" + item() + TAIL,
)
case(
    "link-long",
    8,
    0,
    lambda: (
        GOOGLE
        + item().replace(
            "https://paper.example/1", "https://news.google.com" + "/articles" * 90_000
        )
        + TAIL
    ),
)
case("guids-all-the-same", 11, 0, lambda: HEAD + "".join(item(1) for _ in range(4_000)) + TAIL)

# ---------------------------------------------------------------- not well-formed (clause 9)

AMP = item(0, "Salt & vinegar")
case("bare-ampersand", 9, 0, HEAD + AMP + TAIL)
case("html-entity", 9, 0, HEAD + item(1, "a&nbsp;b &eacute;") + TAIL)
case(
    "broken-large",
    9,
    0,
    lambda: HEAD + AMP + "".join(item(n, "word " * 300) for n in range(4_500)) + TAIL,
)
case("broken-angles", 9, 65, lambda: HEAD + AMP + "<" * 4_000_000 + TAIL, "refused")
case("broken-tags-open", 9, 65, lambda: HEAD + AMP + "<a " * 2_000_000 + TAIL, "refused")
case("broken-cdata-open", 9, 65, lambda: HEAD + AMP + "<![CDATA[" * 700_000 + TAIL, "refused")
case("broken-comments-open", 9, 65, lambda: HEAD + AMP + "<!--" * 1_500_000 + TAIL, "refused")
case("broken-ampersands", 9, 65, lambda: HEAD + AMP + "&" * 6_000_000 + TAIL, "refused")
case("broken-quotes", 9, 65, lambda: HEAD + AMP + '<a b="' * 1_000_000 + TAIL, "refused")
case(
    "broken-attributes", 9, 65, lambda: HEAD + AMP + "<a " + "b" * 7 * MIB + "=>" + TAIL, "refused"
)
case("broken-references", 9, 0, lambda: HEAD + AMP + item(1, "&#xFFFFFF;" * 90_000) + TAIL)
case(
    "broken-html-inside",
    9,
    0,
    HEAD + item(1, "<ol><li><a href=x>One<br></li><li>Two & three</ol>") + TAIL,
)
case("broken-nesting", 9, 0, HEAD + "<item><title>One<link>x</title></item>" + item() + TAIL)
case("surrogate-reference", 14, 0, HEAD + item(1, title="a&#xD800;b") + TAIL)
case("zero-reference", 14, 0, HEAD + item(1, title="a&#0;b") + TAIL)
case(
    "surrogate-in-utf-8",
    14,
    0,
    HEAD.encode()
    + item(1, title="a\x00b").encode().replace(b"\x00", b"\xed\xa0\x80")
    + TAIL.encode(),
)
case("controls", 14, 0, HEAD + item(1, title="a\x1b]0;x\x07b\x08") + TAIL)
case(
    "prefix-nobody-declared", 9, 0, HEAD + item(1, more="<slash:comments>3</slash:comments>") + TAIL
)
case("two-roots", 9, 0, GOOD + GOOD)
case("words-before-the-root", 9, 0, "Warning: something on line 3\n" + GOOD)

# ---------------------------------------------------------------- feedparser's (clause 8)

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour news</title>'
LONG_NAME = "https://paper.example/" + "a/" * 400


def entry(number: int = 1, body: str = "text", more: str = "") -> str:
    return (
        f"<entry><id>e{number}</id><title>Story {number}</title>{more}"
        f'<link href="https://paper.example/{number}"/><updated>2026-01-06T08:00:00Z</updated>'
        f'<content type="html">{body}</content></entry>'
    )


def foreign(name: str, status: int, make: Callable[[], str], says: str = "") -> None:
    case(f"atom-{name}", 8, status, lambda: ATOM + make() + "</feed>", says)


def broken(name: str, status: int, make: Callable[[], str], says: str = "") -> None:
    case(f"loose-{name}", 8, status, lambda: GOOD[:-16] + "<b></i>" + make() + TAIL, says)


foreign("entries-2000", 0, lambda: "".join(map(entry, range(2_000))))
foreign("entries-4999", 65, lambda: "".join(map(entry, range(4_999))), "RSS 2.0")
foreign("entries-empty", 0, lambda: entry() + "<entry/>" * 4_900)
foreign("text-7-mib", 0, lambda: "".join(entry(n, "x" * 900_000) for n in range(8)))
foreign("text-wide", 0, lambda: "".join(entry(n, "😀" + "x" * 900_000) for n in range(8)))
foreign("text-escaped", 0, lambda: "".join(entry(n, "&lt;" * 200_000) for n in range(9)))
foreign("text-in-lines", 0, lambda: "".join(entry(n, "x\n" * 450_000) for n in range(8)))
foreign("author", 0, lambda: entry(1, more=f"<author><name>{'a' * 900_000}</name></author>"))
foreign("authors", 0, lambda: entry(1, more=f"<author>{'a' * 100}</author>" * 19_000))
foreign("creator", 0, lambda: entry(1, more=f"<dc:creator>{'a.' * 400_000}</dc:creator>"))
foreign("categories", 65, lambda: entry(1, more='<category term="x"/>' * 19_000), "categories")
foreign(
    "categories-spread",
    0,
    lambda: "".join(
        entry(n, more="".join(f'<category term="x{k}"/>' for k in range(150))) for n in range(100)
    ),
)
foreign(
    "keywords",
    0,
    lambda: entry(
        1,
        more='<media:keywords xmlns:media="http://search.yahoo.com/mrss/">'
        + ",".join(map(str, range(100_000)))
        + "</media:keywords>",
    ),
)
foreign(
    "namespaces",
    65,
    lambda: entry(1, more="".join(f'<x:a xmlns:x="urn:{n}"/>' for n in range(19_000))),
    "namespaces",
)
foreign(
    "base", 65, lambda: entry(1, more=f'<x xml:base="{LONG_NAME}">' + "<x/>" * 9 + "</x>"), "base"
)
foreign("bases", 0, lambda: entry(1, more=f'<x xml:base="{LONG_NAME[:190]}"/>' * 19_000))
foreign("dates", 0, lambda: entry(1, more=f"<published>{'9' * 900_000}</published>"))
foreign("dates-many", 0, lambda: entry(1, more="<published>x1 y 2 z</published>" * 19_000))
foreign("contents", 0, lambda: entry(1, more='<content type="html">x</content>' * 19_000))
foreign("links", 0, lambda: entry(1, more='<link rel="enclosure" href="/a"/>' * 19_000))
foreign("sources", 0, lambda: entry(1, more="<source><title>x</title></source>" * 9_500))
foreign(
    "xhtml",
    0,
    lambda: (
        f'<entry><title>a</title><content type="xhtml"><div>{"<b>x</b>" * 19_000}</div></content></entry>'
    ),
)
foreign(
    "instructions",
    65,
    lambda: (
        f'<entry><title>a</title><content type="xhtml">{chr(10).join(["<?a?>"] * 90_000)}</content></entry>'
    ),
    "instructions",
)
foreign("prefix-nobody-declared", 0, lambda: entry(1, more="<slash:comments>3</slash:comments>"))
foreign(
    "blank-lines",
    0,
    lambda: ("\n" * 900_000).join(f"<entry><title>{n}</title></entry>" for n in range(8)),
)
for name in "links tags content media_content media_thumbnail updated_parsed source".split():
    # Where feedparser keeps lists and tables of its own, an element of that name is text.
    foreign(f"named-{name}", 0, lambda name=name: entry(1, more=f"<{name} i='1'>x</{name}>"))  # type: ignore[misc]
    foreign(f"named-{name}-x", 0, lambda name=name: entry(1, more=f"<x:{name}>x</x:{name}>"))  # type: ignore[misc]
broken("tags", 0, lambda: "<b>" * 19_000)
broken("tags-many", 65, lambda: "<b>" * 200_000, "wrong")
broken("items", 0, lambda: "<item>" * 4_900)
broken("author", 0, lambda: item(1, more=f"<author>{'a' * 900_000}</author>"))
broken("categories", 65, lambda: "<item>" + "<category>x" * 9_000, "categories")
broken("base", 65, lambda: f"<x base='{LONG_NAME}'>" * 900, "xml:base")
broken("bases", 0, lambda: f"<x base='{LONG_NAME[:190]}'>" * 4_000)
broken("attributes", 0, lambda: "<a " + "b=1 " * 16_000 + ">")
broken("attributes-long", 65, lambda: "<a " + "b" * 900_000 + "=>", "wrong")
broken("quotes", 0, lambda: '<a b="' * 19_000)
broken("cdata", 0, lambda: "<![CDATA[" * 19_000)
broken("angles", 0, lambda: "<" * 19_000)
broken("text", 0, lambda: item(1, "x" * 1_900_000))
broken("text-wide", 0, lambda: item(1, "😀" + "x" * 1_900_000))
broken("text-3-mib", 65, lambda: item(1, "x" * 3 * MIB), "well-formed")
broken("spaces", 0, lambda: ("<a" + " " * 60_000) * 25)
broken("blank-lines", 0, lambda: "\n" * 1_900_000)
broken("declaration", 65, lambda: "<!ENTITY a 'b'>", DTD)
broken("references", 0, lambda: "&#99999999;" * 1_000)

# ---------------------------------------------------------------- trees of clusters (clause 8)

for shape, markup in {
    "bold": "<a href=b>x</a>" + "<b>" * 1_000,
    "links": "<a href=b>x</a> " * 500,
    "fonts": "<a href=b>x</a>" + "<font>" * 1_000,
    "nested": "<a href=b><div>" * 500,
    "attributes": "<a " + " ".join(f"b{n}" for n in range(4_000)) + " href=b>x</a>",
}.items():
    escaped = markup.replace("&", "&amp;").replace("<", "&lt;")

    def many(count: int, body: str = escaped) -> str:
        return GOOGLE + "".join(item(n, body) for n in range(count)) + TAIL

    case(f"trees-{shape}", 8, 0, lambda many=many: many(20))
    case(f"trees-{shape}-many", 8, 65, lambda many=many: many(220), "today")
case(
    "trees-lone",
    8,
    0,
    lambda: GOOGLE + "".join(item(n, "&lt;a href=b>x") for n in range(2_400)) + TAIL,
)

# ---------------------------------------------------------------- encodings (clause 9)

for encoding in (
    "undefined",
    "punycode",
    "idna",
    "unicode_escape",
    "utf-7",
    "rot13",
    "hex",
    "zlib",
    "mbcs",
    "no-such",
    "x" * 500,
):
    case(f"encoding-{encoding[:20]}", 9, 0, declared(encoding))
case("encoding-with-nul", 9, 0, declared("utf\0-8"))
case("encoding-punycode-large", 9, 0, lambda: declared("punycode", "é" * 200_000))
case("encoding-wrong", 9, 0, declared("windows-1251").encode())
case("encoding-false", 9, 0, declared("UTF-8").encode("latin-1"))
case("encoding-utf-16-cut-in-a-letter", 9, 0, ("\ufeff" + GOOD).encode("utf-16-le") + b"\x20")
case(
    "encoding-escapes", 9, 0, GOOD.replace("UTF-8", "iso-2022-jp").encode() + b"\x1b$B" * 1_000_000
)

# ---------------------------------------------------------------- cut short (clause 9)

WHOLE = (
    HEAD + item(1, "<![CDATA[<b>one</b>]]>") + item(2, "a &amp; b") + "<!-- end -->" + TAIL
).encode()
for offset in range(60, len(WHOLE) - 1, 37):
    case(f"cut-at-{offset}", 9, 65, WHOLE[:offset], "ends before" if offset > 70 else "")
case("cut-and-broken", 9, 65, HEAD + AMP + item(1)[:-9], "ends before")

# ---------------------------------------------------------------- no feed at all (clause 9)

case("nothing", 9, 65, b"", "empty")
case(
    "html",
    9,
    65,
    "<!DOCTYPE html><html><head><title>x</title></head><body>Hi</body></html>",
    "HTML",
)
case("html-behind-comments", 9, 65, "<!-- a --> " * 5_000 + "<html><body/></html>", "HTML")
case(
    "html-xhtml",
    9,
    65,
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    "HTML",
)
case(
    "consent-page",
    9,
    69,
    '<!doctype html><html><form action="https://consent.google.com/save">',
    "--cookie-file",
)
case(
    "sorry-page",
    9,
    69,
    "<html><body>unusual traffic<form action='/sorry/index'></form></body></html>",
    "robot",
)
case(
    "pseudo-feed",
    9,
    65,
    HEAD + "<item><title>This feed is not available.</title><guid>news:unfepa</guid></item>" + TAIL,
    "does not exist",
)
case("pdf", 9, 65, b"%PDF-1.7\n" + bytes(range(256)) * 50, "PDF")
case("picture", 9, 65, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50, "no feed")
case(
    "sitemap",
    9,
    65,
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>',
    "sitemap",
)
case("opml", 9, 65, '<opml version="2.0"><body/></opml>', "OPML")
case("plain-words", 9, 65, "There is nothing here.", "no feed")
case("feed-without-items", 9, 0, HEAD + TAIL)

# ---------------------------------------------------------------- JSON (clauses 8 and 9)

FEED = {"version": "https://jsonfeed.org/version/1.1", "title": "x"}
case("json-no-feed", 9, 65, '{"error": "no such page"}', "JSON")
case("json-list", 9, 65, "[1, 2, 3]", "JSON")
case("json-cut", 9, 65, json.dumps({**FEED, "items": [{"id": "1"}]})[:-5], "JSON")
case(
    "json-deep",
    8,
    65,
    lambda: '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 200_000,
    "JSON",
)
case(
    "json-values",
    8,
    65,
    lambda: '{"version":"https://jsonfeed.org/version/1","items":[' + "{}," * 2_000_000 + "{}]}",
    "refused",
)
case(
    "json-number",
    9,
    65,
    '{"version":"https://jsonfeed.org/version/1","items":[{"id":' + "9" * 500_000 + "}]}",
    "JSON",
)
case(
    "json-wrong-types",
    9,
    0,
    json.dumps(
        {
            **FEED,
            "title": 7,
            "items": [
                {"id": [], "title": {}, "url": 3, "tags": {"a": 1}, "content_text": "x"},
                5,
                None,
            ],
        }
    ),
)
case(
    "json-surrogate",
    14,
    0,
    '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a\\ud800b"}]}',
)
