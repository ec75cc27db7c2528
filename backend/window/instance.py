"""One window for each user: who comes second lets the first one show itself, and goes.

The first holds a lock, which the system takes from it when it ends in any way, and listens on loopback. How
it is reached stands in a file that only this user can read; who has not read it is not listened to.
"""

import hmac
import json
import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock

from backend.store.atomic import write_file
from backend.store.lock import take
from engine.errors import LoopiError

# The first may still be starting; a slow disk and a cold engine take seconds.
PATIENCE_S = 15.0
_TICK_S = 0.05
_ANSWER_S = 2.0
_SHOWN = b"shown\n"
_MAX_BYTES = 128


@dataclass
class First:
    """The only window. `listen` begins to answer who comes second; `release` lets another one be first."""

    folder: Path
    lock: FileLock = field(repr=False)
    _socket: socket.socket | None = field(default=None, repr=False)

    def listen(self, show: Callable[[], object]) -> None:
        """From now on call `show` when another start asks for it."""
        token = secrets.token_hex(32)
        listening = socket.create_server(("127.0.0.1", 0))
        self._socket = listening
        address = json.dumps({"port": listening.getsockname()[1], "token": token})
        write_file(_address_file(self.folder), address.encode())
        threading.Thread(
            target=_answer, args=(listening, token, show), name="second starts", daemon=True
        ).start()

    def release(self) -> None:
        _address_file(self.folder).unlink(missing_ok=True)
        if self._socket is not None:
            self._socket.close()
        self.lock.release()


def be_first(folder: Path, *, patience_s: float = PATIENCE_S) -> First | None:
    """The right to open the window, or None when there is one, which now shows itself.

    Raises LoopiError `window.no_answer` when one holds the lock and does not answer, `window.lock_unusable`.
    """
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        lock = take(folder / "instance.lock", code="window.lock_unusable")
        if lock is not None:
            # What an earlier one left when it was killed leads nowhere, or to a stranger.
            _address_file(folder).unlink(missing_ok=True)
            return First(folder, lock)
        if _show_other(folder):
            return None
        time.sleep(_TICK_S)
    raise LoopiError(
        "window.no_answer",
        "Loopi is open already, and its window does not answer.",
        hint="Close it; if nothing is to be seen of it, end its process and start again.",
    )


def _address_file(folder: Path) -> Path:
    return folder / "instance.address"


def _show_other(folder: Path) -> bool:
    """Ask the window that is open to show itself. False when it cannot be reached yet."""
    try:
        address = json.loads(_address_file(folder).read_text("utf-8"))
        reached = (address["port"], str(address["token"]))
        with socket.create_connection(("127.0.0.1", reached[0]), timeout=_ANSWER_S) as asked:
            asked.sendall(reached[1].encode() + b"\n")
            return asked.recv(len(_SHOWN)) == _SHOWN
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return False


def _answer(listening: socket.socket, token: str, show: Callable[[], object]) -> None:
    """Until the socket is closed. One after the other: each has two seconds."""
    with suppress(OSError):
        while True:
            caller, _ = listening.accept()
            with caller, suppress(OSError):
                caller.settimeout(_ANSWER_S)
                if hmac.compare_digest(_line(caller), token.encode()):
                    show()
                    caller.sendall(_SHOWN)


def _line(caller: socket.socket) -> bytes:
    """What comes before the first line break, at most 128 bytes."""
    read = b""
    while b"\n" not in read and len(read) <= _MAX_BYTES:
        part = caller.recv(_MAX_BYTES)
        if not part:
            break
        read += part
    return read.partition(b"\n")[0]
