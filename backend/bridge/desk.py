"""What the handlers work with: the program, the open pages, and whether the vault was locked by hand."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from backend.adapters.vault import KEY_TROUBLE, SHOWN
from backend.app import App
from backend.bridge.events import Hub
from backend.bridge.idle import Idle
from engine.errors import LoopiError


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


class Window(Protocol):
    """The window that shows the page. For any thread."""

    def follow(self, *, title: str, view: str, is_dark: bool) -> None:
        """What the page shows now."""
        ...

    def answer_close(self, *, should_close: bool) -> None:
        """What the person answered when it was about to be closed during a run."""
        ...

    def save_file(self, file_name: str, content: bytes) -> Path | None:
        """Ask where to, and save: the file, or None when it was not wanted."""
        ...


@dataclass
class Desk:
    """One for each door. `was_locked`: somebody asked for it, so no key may open the vault by itself."""

    app: App
    hub: Hub
    passphrase: Passphrase = field(default_factory=Passphrase)
    window: Window | None = None
    was_locked: bool = False
    idle: Idle = field(default_factory=Idle)

    def lock(self) -> None:
        """Forget the key and all that was read, and let no key open the vault by itself."""
        self.app.vault.lock()
        self.was_locked = True
        self.hub.notify("vault")
        self.hub.notify("credentials")

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
