"""What the credentials need from the place that keeps them. The vault is one; tests use one in memory."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

Raw: TypeAlias = dict[str, object]
Edit: TypeAlias = Callable[[list[Raw]], list[Raw]]


class Snapshot(Protocol):
    """The records as they stood at one moment."""

    @property
    def credentials(self) -> Sequence[Mapping[str, object]]: ...


class Store(Protocol):
    """Keeps a list of JSON objects, for several processes at once."""

    def read(self) -> Snapshot:
        """The present records. May raise an error of the store's own (locked, damaged)."""
        ...

    def change(self, edit: Edit) -> object:
        """Give `edit` the present records under a lock, and save what it returns.

        `edit` gets records of its own, changes nothing else, and may be called more than once. What it raises
        is passed on, and then nothing is saved.
        """
        ...
