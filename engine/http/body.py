"""Bodies that are too large to be held: sent, or taken, in pieces, from the start again at a redirect.

Knows no file.
"""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeAlias


class StreamedBody(Protocol):
    """`pieces` gives exactly `size_bytes` bytes each time it is asked, or raises a LoopiError."""

    @property
    def size_bytes(self) -> int: ...

    def pieces(self) -> Iterator[bytes]: ...


class Store(Protocol):
    """Takes the body of an answer that is too large to be held, when it `wants` one of that status.

    `restart` comes before the first piece of each answer. Both may raise a LoopiError, never an OSError.
    """

    wants: Callable[[int], bool]

    @property
    def limit_bytes(self) -> int: ...

    @property
    def size_bytes(self) -> int: ...

    def restart(self) -> None: ...

    def write(self, piece: bytes) -> None: ...


Body: TypeAlias = bytes | StreamedBody


def size_of(body: Body | None) -> int:
    """The length of a body in bytes; of none 0."""
    if body is None:
        return 0
    return len(body) if isinstance(body, bytes) else body.size_bytes


def pieces_of(body: Body | None) -> Iterator[bytes]:
    """A body piece by piece, as it is sent."""
    if isinstance(body, bytes):
        yield body
    elif body is not None:
        yield from body.pieces()
