"""Decompresses bodies piece by piece and never beyond a cap (RFC 9110 §8.4.1). Pure."""

import zlib
from collections.abc import Callable
from typing import TypeAlias

from engine.http.error import HttpError

ACCEPTED = "gzip, deflate"

Write: TypeAlias = Callable[[bytes], None]

# What is unpacked at once: a small piece can hold a thousand times its size.
_STEP_BYTES = 1024 * 1024
_GZIP = frozenset({"gzip", "x-gzip"})
_GZIP_START = b"\x1f\x8b"
# Thousands of empty members cost time and give nothing: no honest server sends them.
_MAX_MEMBERS = 1000


def too_large(limit_bytes: int, *, is_stored: bool = False) -> HttpError:
    """The error for a body beyond the cap."""
    more = "" if is_stored else ", or raise `maxResponseBytes` in settings.json"
    return HttpError(
        "http.response_too_large",
        f"The answer is larger than {limit_bytes / 1024 / 1024:g} MiB. It was not read to its end.",
        hint=f"Ask the service for less{more}.",
    )


def inflater(encoding: str | None, limit_bytes: int, write: Write | None = None) -> "Plain | Inflater":
    """What undoes a Content-Encoding; with `write`, all goes there and nothing is kept.

    Raises HttpError `http.bad_encoding` for one that was not asked for.
    """
    name = (encoding or "").strip().lower()
    if name in {"", "identity"}:
        return Plain(limit_bytes, write)
    if name in _GZIP or name == "deflate":
        return Inflater(Plain(limit_bytes, write), limit_bytes, is_gzip=name in _GZIP)
    raise HttpError(
        "http.bad_encoding",
        "The server compressed its answer in a way that was not asked for.",
        hint="If the step sets Accept-Encoding, remove it.",
    )


class Plain:
    """Joins an uncompressed body, or passes it on."""

    def __init__(self, limit_bytes: int, write: Write | None = None) -> None:
        self._write = write
        self._limit_bytes = limit_bytes
        self._size_bytes = 0
        self._pieces: list[bytes] = []

    def feed(self, piece: bytes) -> None:
        """Take the next piece. Raises HttpError `http.response_too_large`."""
        self._size_bytes += len(piece)
        if self._size_bytes > self._limit_bytes:
            raise too_large(self._limit_bytes, is_stored=self._write is not None)
        (self._write or self._pieces.append)(piece)

    def finish(self) -> bytes:
        """The whole body, empty when it was passed on."""
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)


class Inflater:
    """Decompresses gzip, with several members, or deflate, with its zlib frame or without."""

    def __init__(self, plain: Plain, limit_bytes: int, *, is_gzip: bool) -> None:
        self._plain = plain
        self._limit_bytes = limit_bytes
        self._left_bytes = limit_bytes
        self._arrived_bytes = 0
        self._members = 1
        self._is_gzip = is_gzip
        self._engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16 if is_gzip else zlib.MAX_WBITS)
        self._is_first = True

    def feed(self, piece: bytes) -> None:
        """Take the next compressed piece. Raises HttpError as `Plain` does, or `http.bad_encoding`."""
        self._arrived_bytes += len(piece)
        if self._arrived_bytes > self._limit_bytes:
            raise too_large(self._limit_bytes)
        try:
            while piece:
                piece = self._inflate(piece)
        except zlib.error:
            raise _damaged() from None

    def _inflate(self, piece: bytes) -> bytes:
        if self._engine.eof:
            # What follows and is no further member is padding.
            if not self._is_gzip or not piece.startswith(_GZIP_START) or self._members >= _MAX_MEMBERS:
                return b""
            self._members += 1
            self._engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        if self._is_first and not self._is_gzip:
            self._engine = zlib.decompressobj(
                wbits=zlib.MAX_WBITS if _has_zlib_frame(piece) else -zlib.MAX_WBITS
            )
        self._is_first = False
        while True:
            # One byte more than allowed is enough to know that it is too much.
            most = min(self._left_bytes + 1, _STEP_BYTES)
            data = self._engine.decompress(piece, most)
            self._left_bytes -= len(data)
            self._plain.feed(data)
            piece = self._engine.unconsumed_tail
            # What fills the step exactly may have left more behind, though it took all of the piece.
            if not piece and (len(data) < most or self._engine.eof):
                return self._engine.unused_data

    def finish(self) -> bytes:
        """The whole body. Raises HttpError `http.bad_encoding` when its end is missing."""
        if not self._is_first and not self._engine.eof:
            raise _damaged()
        return self._plain.finish()


def _has_zlib_frame(piece: bytes) -> bool:
    return (
        piece[0] & 0x0F == 8
        and piece[0] >> 4 <= 7
        and (len(piece) < 2 or int.from_bytes(piece[:2], "big") % 31 == 0)
    )


def _damaged() -> HttpError:
    return HttpError(
        "http.bad_encoding",
        "The compressed answer is damaged or not complete.",
        hint="Try again. If it stays so, the service is at fault.",
        retryable=True,
    )
