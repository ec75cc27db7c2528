"""What a served page needs done in the background: the vault locks itself, and news from other programs.

The command line, or a second Loopi, may change credentials and automations, and run some: open pages then ask
again.
"""

import logging
import threading
from pathlib import Path

from backend.adapters.vault import SHOWN
from backend.bridge.desk import Desk
from backend.bridge.events import Topic
from backend.store.settings import StoredSettings, load_settings

AUTO_LOCK = "autoLockMinutes"
"""The key in settings.json: minutes without use after which the vault locks itself; 0 is never."""
DEFAULT_AUTO_LOCK = 15
MAX_AUTO_LOCK = 24 * 60

TICK_S = 1.0
_log = logging.getLogger(__name__)


def auto_lock_minutes(stored: StoredSettings) -> int:
    """It is no setting of the engine's, so the file keeps it among what is unknown there."""
    found = stored.unknown.get(AUTO_LOCK)
    is_usable = isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= MAX_AUTO_LOCK
    return found if isinstance(found, int) and is_usable else DEFAULT_AUTO_LOCK


class Upkeep:
    """One for each served page. `tick` is what its thread does every second."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self._written: object = None
        self._mark: object = None
        self._seen = self._stamps()

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Returns when the thread is gone."""
        self._ended.set()
        self._thread.join()

    def tick(self) -> None:
        """Lock what is left alone, and tell the pages what changed."""
        self._lock_when_idle()
        seen = self._stamps()
        for topic, stamp in seen.items():
            if stamp != self._seen[topic]:
                self._desk.hub.notify(topic)
        self._seen = seen

    def _run(self) -> None:
        while not self._ended.wait(TICK_S):
            try:
                self.tick()
            except (*SHOWN, OSError) as error:
                _log.warning("The upkeep of the page met a problem: %s", error)

    def _lock_when_idle(self) -> None:
        """Only where a passphrase opens it again. Runs that go on have what they took at their start."""
        desk = self._desk
        idle_s = desk.idle.seconds()
        if desk.was_locked or idle_s < 60 or not desk.app.vault.is_unlocked:
            return
        minutes = auto_lock_minutes(load_settings(desk.app.places.settings_file))
        if minutes and idle_s >= minutes * 60 and desk.app.vault.has_passphrase():
            desk.lock()

    def _stamps(self) -> dict[Topic, object]:
        places = self._desk.app.places
        vault = places.vault_dir / "credentials.json.enc"
        return {
            "credentials": (_stamp(vault), _stamp(places.credential_use_db)),
            "automations": _stamp(places.automations),
            "schedules": _database(places.schedules_db),
            "history": self._runs(),
        }

    def _runs(self) -> object:
        """Which runs there are. A run writes all the time, and only its beginning and its end are news."""
        written = _database(self._desk.app.places.history_db)
        if written[0] and written != self._written and self._desk.hub.has_listeners:
            self._written, self._mark = written, self._desk.app.journal.catalog.mark()
        return self._mark


def _database(file: Path) -> tuple[object, object]:
    """Of the file, and of where SQLite writes first."""
    return _stamp(file), _stamp(file.with_name(f"{file.name}-wal"))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
