"""HTTP's answers (source/answer.py): heads and bodies as servers send them, whole or not."""

from __future__ import annotations

import io

import pytest

from newsimport.source.answer import Head, read_body, read_head

START = b"HTTP/1.1 200 OK\r\n"


def head_of(said: bytes) -> Head:
    return read_head(io.BufferedReader(io.BytesIO(said)))


def body_of(said: bytes) -> bytes:
    stream = io.BufferedReader(io.BytesIO(said))
    return b"".join(read_body(stream, read_head(stream)))


@pytest.mark.parametrize(
    ("lines", "headers"),
    [
        (b'ETag: "x"\r\nDate:now\r\n', {"etag": '"x"', "date": "now"}),
        (b'ETAG:\t  W/"x y" \t\r\n', {"etag": 'W/"x y"'}),
        (b"A: 1\nB: 2\n", {"a": "1", "b": "2"}),
        (b"Cache-Control: a\r\nCache-Control: b\r\n", {"cache-control": "a, b"}),
        (b"Location: /1\r\nLOCATION: /2\r\n", {"location": "/1"}),
        (b"Content-Length: 5\r\nContent-Length: 5\r\n", {"content-length": "5"}),
        (b"A: 1\r\n  and 2\r\nB: 3\r\n", {"a": "1 and 2", "b": "3"}),
        (b" 1\r\nA: 1\r\n", {"a": "1"}),
        (b"A: 1\rB: 2\r\n", {"a": "1 B: 2"}),
        (b"A: \xc3\xa9\r\n", {"a": "Ã©"}),
    ],
)  # fmt: skip
def test_headers(lines: bytes, headers: dict[str, str]) -> None:
    assert head_of(START + lines + b"\r\n") == (200, headers)


@pytest.mark.parametrize(
    ("said", "charset"),
    [
        (b"text/xml; charset=UTF-8", "utf-8"),
        (b'text/xml;x=y; Charset = "Latin-1"', "latin-1"),
        (b"text/xml", ""),
        (b"charset=utf-8", ""),
    ],
)
def test_what_a_body_is_said_to_be_written_in(said: bytes, charset: str) -> None:
    assert head_of(START + b"Content-Type: " + said + b"\r\n\r\n").charset == charset


def test_heads_before_the_answers_own_are_passed_over() -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    assert head_of(early * 3 + b"HTTP/1.0 304\r\n\r\n") == (304, {})
    with pytest.raises(ValueError, match="no end"):
        head_of(early * 20 + START + b"\r\n")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK",
        START,
        START + b"A: b",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 2000\r\n\r\n",
        b"HTTP/1.1 ok\r\n\r\n",
        b"ICY 200 OK\r\n\r\n",
        START + b"A: b\r\n" * 101 + b"\r\n",
        START + b"A: " + b"b" * (1 << 16) + b"\r\n\r\n",
    ],
)
def test_what_is_no_head(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"no HTTP/1|ends too early|too long|more than 100"):
        head_of(said)


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (b"Content-Length: 5\r\n\r\nhello, and more", b"hello"),
        (b"Content-Length: 0\r\n\r\n", b""),
        (b"Content-Length: -5\r\n\r\nhello", b"hello"),
        (b"\r\nhello", b"hello"),
        (b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n00\r\nA: b\r\n\r\n", b"hello"),
        (b"Transfer-Encoding: Chunked\r\n\r\n2 \r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", b"hello"),
        (b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n0\r\n\r\n", b"h"),
    ],
)
def test_bodies(said: bytes, body: bytes) -> None:
    assert body_of(START + said) == body


@pytest.mark.parametrize("status", [b"204", b"304"])
def test_statuses_without_a_body(status: bytes) -> None:
    assert body_of(b"HTTP/1.1 " + status + b" -\r\nContent-Length: 5\r\n\r\n") == b""


@pytest.mark.parametrize(
    "said",
    [
        b"Content-Length: 6\r\n\r\nhello",
        b"Content-Length: 99999999999999999999999\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n6\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n0_5\r\nhello\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n",
    ],
)
def test_bodies_that_end_too_early(said: bytes) -> None:
    with pytest.raises(ValueError, match=r"to come|too early|no length|invalid literal"):
        body_of(START + said)
