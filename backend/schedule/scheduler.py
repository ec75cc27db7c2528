"""Looks at the wall clock once in a while, and starts what is due. One of it works for a user at a time.

It decides from what time it is, never from how long it slept: a suspended machine, a clock that was set and
a restart are the same to it.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal, Protocol, TypeAlias

from backend.schedule.due import PUNCTUAL, Due, Missed, due
from backend.schedule.schedule import Schedule
from backend.schedule.store import ScheduleStore, Tick
from backend.schedule.trigger import ProgramStart
from engine.errors import LoopiError

LOOK_EVERY_S = 15.0
NETWORK_PATIENCE = timedelta(minutes=5)
_log = logging.getLogger(__name__)

Start: TypeAlias = Literal["started", "locked", "known"]
Reason: TypeAlias = Literal["asleep", "locked", "overlap", "waited"]


class Runs(Protocol):
    """What the scheduler needs of the program: it starts runs, and knows what became of them."""

    def start(self, tick: Tick) -> Start:
        """Start the tick's run, once: `known` when that run exists already, `locked` when the vault is.

        Raises LoopiError when the automation cannot be run; that is in the history then.
        """
        ...

    def is_running(self, schedule: Schedule) -> bool:
        """Whether a run of this schedule goes on."""
        ...

    def has_begun(self, run_id: str) -> bool:
        """Whether the history knows this run."""
        ...

    def posts(self, schedule: Schedule) -> bool:
        """Whether its automation does what cannot be undone."""
        ...

    def tell_missed(self, schedule: Schedule, missed: Missed, reason: Reason) -> None:
        """Put a row into the history for ticks that are not run."""
        ...

    def has_network(self) -> bool:
        """Whether this machine is connected at all."""
        ...


@dataclass
class Scheduler:
    """`look` does one round; `run` repeats it until `stop`. `now` is the wall clock in UTC."""

    store: ScheduleStore
    runs: Runs
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _last: datetime | None = None
    _awake_since: datetime | None = None
    # The times of each schedule that came due together: they wait for one another.
    _batches: dict[str, frozenset[datetime]] = field(default_factory=dict)
    _stopping: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        """The program has started: what starts with it is due, and what a crash left half begun is too."""
        now = self.now()
        self.recover()
        for schedule in self.store.all():
            if isinstance(schedule.trigger, ProgramStart):
                self.store.take(schedule.id, now, lambda _: Due((now,)))

    def recover(self) -> None:
        """What another process began to start, and could not before it ended, is due again."""
        for tick in self.store.starting():
            self.store.move(tick, "started" if self.runs.has_begun(tick.run_id) else "due")

    def run(self, *, is_first: bool = True) -> None:
        """Look now, and again and again. A schedule that fails does not keep the others from running.

        `is_first`: the program has started, and this is no second attempt.
        """
        if is_first:
            self.begin()
        else:
            self.recover()
        while not self._stopping.is_set():
            self.look()
            self._stopping.wait(LOOK_EVERY_S)

    def stop(self) -> None:
        """End `run` at once. For any thread."""
        self._stopping.set()

    def look(self) -> None:
        """Take what has come due, then start what may start."""
        now = self.now()
        self._notice_sleep(now)
        for schedule in self.store.all():
            if schedule.is_enabled and not isinstance(schedule.trigger, ProgramStart):
                self._surely(schedule, partial(self._take, schedule, now))
        for tick in self.store.pending():
            self._surely(tick.schedule, partial(self._proceed, tick, now))

    def _surely(self, schedule: Schedule, act: Callable[[], None]) -> None:
        try:
            act()
        except LoopiError as error:
            _log.warning("Schedule %s: %s", schedule.id, error.message)

    def _take(self, schedule: Schedule, now: datetime) -> None:
        posts = self.runs.posts(schedule)
        found = self.store.take(
            schedule.id,
            now,
            lambda kept: due(kept.trigger, kept.options.catch_up(posts=posts), since=kept.since, now=now),
        )
        if found.run:
            self._batches[schedule.id] = frozenset(found.run if len(found.run) > 1 else ())
        if found.missed:
            self.runs.tell_missed(schedule, found.missed, "asleep")

    def _proceed(self, tick: Tick, now: datetime) -> None:
        """Start a tick, let it wait, or let it go."""
        schedule = tick.schedule
        grace = schedule.options.catch_up(posts=self.runs.posts(schedule)).grace
        if now - tick.at > grace:
            return self._let_go(tick, "locked" if tick.state == "waitingForUnlock" else "waited")
        if self._waits_for_network(now):
            return None
        if schedule.options.overlap != "parallel" and self.runs.is_running(schedule):
            return self._overlapped(tick, now)
        return self._start(tick)

    def _start(self, tick: Tick) -> None:
        if not self.store.move(tick, "starting"):
            return
        taken = Tick(tick.schedule, tick.at, "starting")
        try:
            begun = self.runs.start(taken)
        except LoopiError:
            self.store.move(taken, "over")
            raise
        self.store.move(taken, "waitingForUnlock" if begun == "locked" else "started")

    def _overlapped(self, tick: Tick, now: datetime) -> None:
        """The run before goes on: this one is let go, or waits as the only one that does."""
        is_caught_up = now - tick.at > PUNCTUAL or tick.at in self._batches.get(tick.schedule.id, ())
        if is_caught_up and tick.state != "queued":
            return None  # one of several that are caught up: its turn comes
        if tick.schedule.options.overlap == "skip":
            return self._let_go(tick, "overlap")
        waiting = [each for each in self.store.pending() if each.schedule.id == tick.schedule.id]
        if any(each.state == "queued" and each.at < tick.at for each in waiting):
            return self._let_go(tick, "overlap")
        self.store.move(tick, "queued")
        return None

    def _let_go(self, tick: Tick, reason: Reason) -> None:
        if self.store.move(tick, "over"):
            self.runs.tell_missed(tick.schedule, Missed(tick.at, tick.at, 1), reason)

    def _notice_sleep(self, now: datetime) -> None:
        """A gap between two looks means that the machine slept: its network may need a moment."""
        slept = self._last is not None and now - self._last > timedelta(seconds=4 * LOOK_EVERY_S)
        if slept or self._last is None:
            self._awake_since = now
        self._last = now

    def _waits_for_network(self, now: datetime) -> bool:
        is_patient = self._awake_since is not None and now - self._awake_since < NETWORK_PATIENCE
        return is_patient and not self.runs.has_network()


def coming(schedules: Iterable[Schedule], *, now: datetime, count: int = 5) -> dict[str, list[datetime]]:
    """The next times of each schedule by its id, in UTC."""
    from itertools import islice

    from backend.schedule.trigger import fires

    return {each.id: list(islice(fires(each.trigger, now), count)) for each in schedules if each.is_enabled}
