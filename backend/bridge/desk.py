"""What the handlers work with: the program, the open pages, and whether the vault was locked by hand."""

import threading
from dataclasses import dataclass, field

from backend.adapters.vault import SHOWN
from backend.app import App
from backend.bridge.events import Hub
from engine.errors import LoopiError

# What another key, or another try, may heal; all else needs a backup.
KEY_TROUBLE = frozenset(
    {
        "vault.wrong_key",
        "vault.keychain_unavailable",
        "vault.key_file_unsafe",
        "vault.key_file_unreadable",
        "vault.bad_passphrase",
        "vault.locked",
        "vault.too_new",
    }
)


class Passphrase:
    """The passphrase of the request that is being answered: where the vault asks a person, it gets this."""

    def __init__(self) -> None:
        self._here = threading.local()

    def offer(self, passphrase: str | None) -> None:
        """What to answer in this thread from now on."""
        self._here.value = passphrase

    def ask(self) -> str | None:
        """For `open_app`."""
        value: str | None = vars(self._here).get("value")
        return value


@dataclass
class Desk:
    """One for each door. `was_locked`: somebody asked for it, so no key may open the vault by itself."""

    app: App
    hub: Hub
    passphrase: Passphrase = field(default_factory=Passphrase)
    is_window: bool = False
    was_locked: bool = False

    def require_open(self) -> None:
        """Raises `vault.locked` while the vault is. One that is damaged is for those who need it to find."""
        if self.was_locked or self.trouble() in KEY_TROUBLE:
            raise LoopiError("vault.locked", "The vault is locked.", hint="Unlock it first.")

    def trouble(self) -> str | None:
        """The code of what keeps the vault from opening, or None. Opens it with this computer's keys."""
        try:
            self.app.vault.read()
        except SHOWN as error:
            return error.code
        return None
