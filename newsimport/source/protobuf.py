"""Read and write the few shapes of protobuf that Google puts into ids, without a schema."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, b2a_base64

# Wire types of https://protobuf.dev/programming-guides/encoding/ (message structure).
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_FIXED_SIZES = {_FIXED64: 8, _FIXED32: 4}
_LONGEST_VARINT = 10
_BASE64URL = r"[A-Za-z0-9_-]*={0,2}"
_STANDARD, _URLSAFE = str.maketrans("-_", "+/"), str.maketrans("+/", "-_")

Value = int | bytes
Fields = tuple[tuple[int, Value], ...]


def read_fields(message: bytes) -> Fields:
    """Return the (number, value) pairs of `message`, in its order.

    Varints come as int, everything else as bytes. Raises ValueError on bytes that are no protobuf.
    """
    fields: list[tuple[int, Value]] = []
    at = 0
    while at < len(message):
        key, at = _read_varint(message, at)
        number, wire_type = key >> 3, key & 7
        if number == 0:
            raise ValueError("field number 0")
        if wire_type == _VARINT:
            value, at = _read_varint(message, at)
            fields.append((number, value))
            continue
        if wire_type == _BYTES:
            size, at = _read_varint(message, at)
        elif wire_type in _FIXED_SIZES:
            size = _FIXED_SIZES[wire_type]
        else:
            raise ValueError(f"wire type {wire_type}")
        if size > len(message) - at:
            raise ValueError("a field ends after its message")
        fields.append((number, message[at : at + size]))
        at += size
    return tuple(fields)


def _read_varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count, byte in enumerate(message[at : at + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, at + count + 1
    raise ValueError("a number without an end")


def write_fields(*fields: tuple[int, Value]) -> bytes:
    """Return the message that holds `fields` in this order; the inverse of `read_fields`."""
    message = bytearray()
    for number, value in fields:
        if isinstance(value, int):
            message += _varint(number << 3 | _VARINT) + _varint(value)
        else:
            message += _varint(number << 3 | _BYTES) + _varint(len(value)) + value
    return bytes(message)


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    written.append(value)
    return bytes(written)


def first_bytes(fields: Fields, number: int) -> bytes:
    """Return the first value of bytes under `number`, b"" where there is none."""
    return next((v for n, v in fields if n == number and isinstance(v, bytes)), b"")


def first_int(fields: Fields, number: int) -> int:
    """Return the first number under `number`, -1 where there is none."""
    return next((v for n, v in fields if n == number and isinstance(v, int)), -1)


def from_base64url(text: str) -> bytes:
    """Return the bytes behind `text`, padded or not. Raises ValueError on any other alphabet."""
    if not re.fullmatch(_BASE64URL, text):
        raise ValueError("not base64url")
    bare = text.rstrip("=")
    try:
        return a2b_base64(bare.translate(_STANDARD) + "=" * (-len(bare) % 4))
    except Error as error:
        raise ValueError("not base64url") from error


def to_base64url(message: bytes) -> str:
    """Return `message` in base64url without padding, as Google writes ids."""
    found = b2a_base64(message, newline=False).decode("ascii")
    return found.translate(_URLSAFE).rstrip("=")
