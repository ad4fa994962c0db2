"""Read and build the topic ids of Google News without asking Google."""

from __future__ import annotations

import re
from typing import Literal

from newsimport.errors import UsageError
from newsimport.records import NamedTuple
from newsimport.source.protobuf import (
    Fields,
    first_bytes,
    first_int,
    from_base64url,
    read_fields,
    to_base64url,
    write_fields,
)

# Observed in the ids of public /topics/ and /sections/ URLs (outer message, inner message, place):
# outer {1: 0, 5: {1: 10, 4: inner in base64url, 10: 1}}, inner {1: kind, 2: what, 5: 0}.
_KNOWLEDGE, _SPECIAL = 16, 18
_LOCAL_NAME = b"local_v2"
_LOCAL_SECTION_NAME = b"local_v2_section"
# Longer than any id of a topic or a section that is known (210), far below what costs time.
_LONGEST_ID = 2_000

_MID = r"/[mg]/[0-9a-z_]{1,40}"

Kind = Literal["topic", "local"]


class Topic(NamedTuple):
    """What a topic id says.

    `mid` is a knowledge graph id such as /m/09nm_, "" where the id names none; `language` and
    `country` are Google's (en, en-GB, pt-BR; US), "" where they are missing. `kind` is "topic",
    or "local" for the topic of the reader's place and its sections.
    """

    mid: str
    language: str = ""
    country: str = ""
    kind: Kind = "topic"


class Section(NamedTuple):
    """What a section id says: its topic, and the mid or the name of the part of it."""

    topic: Topic
    mid: str = ""
    name: str = ""


def is_mid(text: str) -> bool:
    """Tell whether `text` has the form of a knowledge graph id (/m/09nm_, /g/11fr15t15h)."""
    return re.fullmatch(_MID, text) is not None


def encode_topic(topic: Topic) -> str:
    """Return the topic id that means `topic`; the inverse of `decode_topic`.

    Raises UsageError for a mid of no known form and for a topic without language.
    """
    return to_base64url(_outer(_inner_of(topic)))


def _inner_of(topic: Topic) -> str:
    if topic.kind == "local":
        what = write_fields((7, _LOCAL_NAME))
        if topic.mid:
            what += write_fields((15, write_fields((1, _checked_mid(topic.mid)))))
        return _inner(_SPECIAL, what)
    if not topic.language:
        raise UsageError("a topic needs a language, such as en or pt-BR")
    what = write_fields((1, _checked_mid(topic.mid)), (2, topic.language.encode()))
    if topic.country:
        what += write_fields((3, topic.country.encode()))
    return _inner(_KNOWLEDGE, what)


def _checked_mid(mid: str) -> bytes:
    if not is_mid(mid):
        raise UsageError(f"{mid!r} is no knowledge graph id; one looks like /m/09nm_")
    return mid.encode()


def _inner(kind: int, what: bytes) -> str:
    return to_base64url(write_fields((1, kind), (2, what), (5, 0)))


def _outer(inner: str) -> bytes:
    return write_fields((1, 0), (5, write_fields((1, 10), (4, inner.encode()), (10, 1))))


def encode_place(mid: str) -> str:
    """Return the id of the section of the local topic that is about the place `mid`.

    Its feed is /rss/topics/{encode_topic(Topic("", kind="local"))}/sections/{this id}.
    """
    place = _checked_mid(mid)
    what = write_fields(
        (7, _LOCAL_NAME),
        (8, _LOCAL_SECTION_NAME),
        (14, write_fields((2, place))),
        (15, write_fields((1, place))),
    )
    topic = _outer(_inner_of(Topic(mid, kind="local")))
    section = _inner(_SPECIAL, what).encode()
    return to_base64url(write_fields((1, 4), (4, section), (5, topic), (10, 1)))


def decode_topic(topic_id: str) -> Topic:
    """Return what `topic_id` says. Raises UsageError on anything that is no topic id."""
    try:
        outer = _fields_of_id(topic_id)
        inner = first_bytes(read_fields(first_bytes(outer, 5)), 4).decode("ascii")
        return _topic_of_inner(read_fields(from_base64url(inner)))
    except ValueError as error:
        raise UsageError(_not_an_id("topic", topic_id)) from error


def decode_section(section_id: str) -> Section:
    """Return what `section_id` says. Raises UsageError on anything that is no section id."""
    try:
        outer = _fields_of_id(section_id)
        inner = read_fields(from_base64url(first_bytes(outer, 4).decode("ascii")))
        what = read_fields(first_bytes(inner, 2))
        topic = _topic_of_inner(inner)
        if topic.kind == "local":
            return Section(topic, mid=topic.mid)
        part = read_fields(first_bytes(what, 5))
        # The part of a knowledge topic is a mid (2) or a name in a message (1).
        name = first_bytes(read_fields(first_bytes(part, 1)), 2)
        return Section(topic, first_bytes(part, 2).decode(), name.decode())
    except ValueError as error:
        raise UsageError(_not_an_id("section", section_id)) from error


def _fields_of_id(text: str) -> Fields:
    if len(text) > _LONGEST_ID:
        raise ValueError("too long for an id")
    return read_fields(from_base64url(text))


def _topic_of_inner(inner: Fields) -> Topic:
    what = read_fields(first_bytes(inner, 2))
    kind = first_int(inner, 1)
    if kind == _SPECIAL and first_bytes(what, 7) == _LOCAL_NAME:
        place = first_bytes(read_fields(first_bytes(what, 15)), 1).decode("ascii")
        if place and not is_mid(place):
            raise ValueError("a place without a mid")
        return Topic(place, kind="local")
    if kind != _KNOWLEDGE:
        raise ValueError(f"kind {kind}")
    mid, language, country = (first_bytes(what, number).decode("ascii") for number in (1, 2, 3))
    if not is_mid(mid) or not language:
        raise ValueError("a topic without mid or language")
    return Topic(mid, language, country)


def _not_an_id(what: str, text: str) -> str:
    shown = text if len(text) <= 60 else f"{text[:57]}..."
    return f"{shown!r} is no {what} id of Google News that can be read"
