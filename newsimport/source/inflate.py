"""Undo a body's Content-Encoding piece by piece, never holding more than is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.errors import FeedError, TemporaryError

if TYPE_CHECKING:
    from typing import Any

_GZIP_MAGIC = b"\x1f\x8b"
# A gzip file may hold several members; a few are in use, a hundred thousand empty ones an attack.
_MAX_MEMBERS = 64
_PLAIN = frozenset({"", "identity", "none", "utf-8", "binary"})


def too_large(cap: int) -> str:
    """Return the sentence for more bytes than `cap`."""
    return f"refused: more than {cap / (1 << 20):.3g} MiB; --max-bytes allows more"


class Inflater:
    """Takes the pieces of a body as they come; `finish` returns the whole."""

    def __init__(self, encoding: str, cap: int, *, cut: bool = False) -> None:
        """Take bodies in `encoding`, a Content-Encoding, up to `cap` bytes when decoded.

        With `cut`, what is beyond the cap is left out. Raises FeedError for an encoding that we
        did not accept.
        """
        name = encoding.strip().lower().removeprefix("x-")
        if name not in _PLAIN | {"gzip", "deflate"}:
            raise FeedError(f"its Content-Encoding is {name[:40]!r}, which was not asked for")
        self._cap = cap
        self._cut = cut
        self.is_full = False
        self._body = bytearray()
        self._head: bytes | None = b"" if name in {"gzip", "deflate"} else None
        self._is_gzip = name == "gzip"
        self._inflate: Any = None
        self._members = 0

    def feed(self, piece: bytes) -> None:
        """Take the next piece. Raises FeedError beyond the cap, TemporaryError for broken data."""
        if self._head is not None:
            self._head += piece
            if len(self._head) < 2:
                return
            piece, self._head = self._head, None
            self._begin(piece)
        if self._inflate is None:
            self._take(piece)
        else:
            self._inflate_piece(piece)

    def _begin(self, head: bytes) -> None:
        """Choose by the first bytes: some servers name an encoding that the body has not."""
        import zlib

        if head.startswith(_GZIP_MAGIC):
            self._is_gzip = True
            self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        elif not self._is_gzip:
            # "deflate" is meant to be a zlib stream (RFC 9110, section 8.4.1.2); some send it raw.
            is_zlib = head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0
            self._inflate = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)

    def _inflate_piece(self, piece: bytes) -> None:
        import zlib

        try:
            while piece and not self.is_full:
                if self._inflate.eof:
                    if not (self._is_gzip and piece.startswith(_GZIP_MAGIC)):
                        return  # what follows the end is padding
                    self._members += 1
                    if self._members > _MAX_MEMBERS:
                        raise FeedError(f"refused: gzip in more than {_MAX_MEMBERS} parts")
                    self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
                room = self._cap + 1 - len(self._body)
                self._take(self._inflate.decompress(piece, room))
                piece = self._inflate.unused_data or self._inflate.unconsumed_tail
        except zlib.error as error:
            raise TemporaryError("its compressed body is broken") from error

    def _take(self, plain: bytes) -> None:
        self._body += plain
        if len(self._body) > self._cap:
            if not self._cut:
                raise FeedError(too_large(self._cap))
            del self._body[self._cap :]
            self.is_full = True

    def finish(self) -> bytes:
        """Return the body. Raises TemporaryError when its compressed form was cut short."""
        if self._head:
            self._take(self._head)
        if self._inflate is not None and not self._inflate.eof and not self.is_full:
            raise TemporaryError("its compressed body was cut short; try again later")
        return bytes(self._body)
