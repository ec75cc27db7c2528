"""What the page asks of the vault. Passphrases go in and never come out."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Needs: TypeAlias = Literal["nothing", "passphrase", "key", "repair"]


@dataclass(frozen=True)
class VaultSlot:
    """One key that opens the vault, without its secret: `iter` is the cost of its derivation."""

    type: str
    kid: str
    iter: int


@dataclass(frozen=True)
class VaultProblem:
    """Why the vault does not open."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True)
class VaultStatus:
    """`needs` says what opens it: `key` is a keychain or a key file that does not answer, `repair` a backup.

    `problem` is there when `needs` is `key` or `repair`.
    """

    path: str
    exists: bool
    has_backup: bool
    generation: int
    slots: tuple[VaultSlot, ...]
    has_passphrase: bool
    is_private: bool
    is_unlocked: bool
    is_locked: bool
    needs: Needs
    source: str | None
    protection: str
    problem: VaultProblem | None = None


@dataclass(frozen=True)
class Unlock:
    """Without a passphrase: try the keys of this computer again."""

    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class VaultCopy:
    """The encrypted file in base64, and what to call it."""

    content: str
    file_name: str


@dataclass(frozen=True)
class RestoreCopy:
    """`content` is a vault file in base64; the passphrase is the copy's, where it has one."""

    content: str = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class SetPassphrase:
    """`current` is needed when there is one already."""

    new: str = field(repr=False)
    current: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class RemovePassphrase:
    current: str = field(repr=False)
