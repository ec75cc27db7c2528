"""Keeps the schedules of a user: one process at a time, by a lock, whether it is a window or the daemon."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from filelock import FileLock

from backend.adapters.schedule import ScheduledRuns
from backend.app import App
from backend.runs.recorder import Sink
from backend.schedule.notification import notify
from backend.schedule.schedule import Schedule
from backend.schedule.scheduler import LOOK_EVERY_S, Scheduler
from backend.store.lock import take
from engine.errors import LoopiError
from engine.events import Event, RunFinished

PATIENCE_S = 5.0
_log = logging.getLogger(__name__)


@dataclass
class Keeper:
    """Runs what is due until `stop`. While another process does, it waits for that one to end.

    `is_locked` says that a person locked the vault; `sinks` hear every run that is started here.
    """

    app: App
    is_locked: Callable[[], bool] = lambda: False
    sinks: tuple[Sink, ...] = ()
    _stopping: threading.Event = field(default_factory=threading.Event)
    _scheduler: Scheduler | None = None
    _has_begun: bool = False
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Keep in a thread of its own."""
        self._thread = threading.Thread(target=self.keep, name="schedules", daemon=True)
        self._thread.start()

    def keep(self) -> None:
        """Keep in this thread."""
        while not self._stopping.is_set():
            try:
                self._keep_if_free()
            except (LoopiError, OSError) as error:
                # A full disk or a broken database of schedules must not take the page with it.
                _log.warning("The schedules are not kept for now: %s", error)
            self._stopping.wait(LOOK_EVERY_S)

    def keep_alone(self) -> None:
        """As `keep`, for one that must be the only one.

        Raises LoopiError `schedule.kept_elsewhere`, `schedule.lock_unusable`.
        """
        with _alone(self.app):
            self._run()

    def look_once(self) -> None:
        """Start what is due now, and no more. Raises LoopiError as `keep_alone`."""
        with _alone(self.app):
            scheduler = self.scheduler()
            scheduler.recover()
            scheduler.look()

    def stop(self) -> None:
        """End `keep`, and wait for the thread of `start` to be gone. For any other thread."""
        self._stopping.set()
        if self._scheduler:
            self._scheduler.stop()
        if self._thread:
            self._thread.join(PATIENCE_S)

    def scheduler(self) -> Scheduler:
        app = self.app
        runs = ScheduledRuns(
            app.automations,
            app.parse,
            app.runs,
            lambda: app.journal,
            is_locked=self.is_locked,
            heard=lambda schedule: (*self.sinks, *_notifying(schedule)),
        )
        return Scheduler(app.schedules, runs)

    def _keep_if_free(self) -> None:
        lock = _take(self.app)
        if lock is not None:
            with _given_back(lock):
                self._run()

    def _run(self) -> None:
        self._scheduler = self.scheduler()
        if not self._stopping.is_set():
            is_first, self._has_begun = not self._has_begun, True
            self._scheduler.run(is_first=is_first)


def _alone(app: App) -> AbstractContextManager[None]:
    lock = _take(app)
    if lock is None:
        raise LoopiError(
            "schedule.kept_elsewhere",
            "Another Loopi runs the schedules already.",
            hint="That is a window, `loopi serve` or `loopi daemon` of yours. Let it do so, or end it first.",
        )
    return _given_back(lock)


@contextmanager
def _given_back(lock: FileLock) -> Iterator[None]:
    """`with lock` itself would take it once more, and so keep it."""
    try:
        yield
    finally:
        lock.release()


def _take(app: App) -> FileLock | None:
    return take(app.places.schedules_lock, code="schedule.lock_unusable")


def _notifying(schedule: Schedule) -> tuple[Sink, ...]:
    return (_tell_failure,) if schedule.options.notifies else ()


def _tell_failure(event: Event) -> None:
    if isinstance(event.fact, RunFinished) and event.fact.outcome == "failed":
        notify("A scheduled run failed", "Loopi's history shows which step, and what to do about it.")
