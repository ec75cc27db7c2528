"""The operating system's keychain, through `keyring`. Real backends only, by name, with a timeout.

`keyring`'s automatic choice is never asked: with a file-based backend installed it writes keys in clear.
"""

import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from backend.vault import secret
from backend.vault.errors import VaultError

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "loopi"
_OWN_ERRORS = (OSError, RuntimeError, ValueError, LookupError, EOFError)
# What the backends let through besides keyring's own errors; each only where its library is loaded.
_FOREIGN_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("dbus.exceptions", "DBusException"),
    ("win32ctypes.pywin32.pywintypes", "error"),
    ("pywintypes", "error"),
)

T = TypeVar("T")


class Keychain:
    """Keys by slot id. Each call may wait `timeout_s` for the user to answer the keychain's question.

    Every method raises `vault.keychain_unavailable` when the keychain is locked, refuses, or does not answer.
    """

    def __init__(self, *, timeout_s: float = 60.0) -> None:
        self._timeout_s = timeout_s
        self._found: tuple[KeyringBackend, ...] | None = None

    def is_present(self) -> bool:
        """Whether this session has a real keychain, be it locked or not."""
        return bool(self._backends())

    def get(self, kid: str) -> bytes | None:
        """The 32-byte key of a slot; None when the keychain has none."""
        backends = self._backends()
        if not backends:
            raise VaultError("vault.keychain_unavailable", "This session has no keychain.")
        for backend in backends:
            found = self._call(partial(backend.get_password, SERVICE, _user(kid)))
            if found is not None:
                return secret.key_from_base64(found.encode("utf-8", "replace"))
        return None

    def add(self, kid: str, key: bytes) -> None:
        """Store a key under a new id, and read it back: what cannot be read back must not lock a vault."""
        backend = self._backends()[0]
        written = secret.key_to_base64(key)
        self._call(partial(backend.set_password, SERVICE, _user(kid), written))
        if self._call(partial(backend.get_password, SERVICE, _user(kid))) != written:
            raise VaultError("vault.keychain_unavailable", "The keychain did not keep the key it was given.")

    def delete(self, kid: str) -> None:
        """Forget a key, where there is one."""
        for backend in self._backends():
            if self._call(partial(backend.get_password, SERVICE, _user(kid))) is not None:
                self._call(partial(backend.delete_password, SERVICE, _user(kid)))

    def _backends(self) -> tuple["KeyringBackend", ...]:
        if self._found is None:
            self._found = self._call(_real_backends)
        return self._found

    def _call(self, action: Callable[[], T]) -> T:
        """Run in a thread of its own: a question to the user may hang, and cannot be taken back."""
        done: list[T] = []

        def work() -> None:
            from keyring.errors import KeyringError

            try:
                done.append(action())
            except (KeyringError, *_OWN_ERRORS):
                return
            except _foreign_errors():
                return

        thread = threading.Thread(target=work, name="keychain", daemon=True)
        thread.start()
        thread.join(self._timeout_s)
        if not done:
            raise VaultError("vault.keychain_unavailable")
        return done[0]


def _user(kid: str) -> str:
    return f"vault-{kid}"


def _real_backends() -> tuple["KeyringBackend", ...]:
    """The keychains that answer in this session, the preferred one first."""
    found: list[tuple[float, KeyringBackend]] = []
    for load in _BY_PLATFORM.get(sys.platform, (_secret_service, _kwallet)):
        backend = load()
        try:
            priority = float(backend.priority)
        except RuntimeError:
            continue
        found.append((priority, backend()))
    return tuple(backend for _, backend in sorted(found, key=lambda entry: -entry[0]))


def _secret_service() -> type["KeyringBackend"]:
    from keyring.backends.SecretService import Keyring

    return Keyring


def _kwallet() -> type["KeyringBackend"]:
    from keyring.backends.kwallet import DBusKeyring

    return DBusKeyring


def _macos() -> type["KeyringBackend"]:
    from keyring.backends.macOS import Keyring

    return Keyring


def _windows() -> type["KeyringBackend"]:
    from keyring.backends.Windows import WinVaultKeyring

    return WinVaultKeyring


_BY_PLATFORM = {"darwin": (_macos,), "win32": (_windows,)}


def _foreign_errors() -> tuple[type[Exception], ...]:
    loaded = [(sys.modules[module], name) for module, name in _FOREIGN_ERRORS if module in sys.modules]
    return tuple(vars(module)[name] for module, name in loaded if name in vars(module))
