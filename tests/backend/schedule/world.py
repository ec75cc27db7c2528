"""The program as the scheduler sees it, and a wall clock that a test sets."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.schedule.due import Missed
from backend.schedule.schedule import Schedule
from backend.schedule.scheduler import Reason, Start
from backend.schedule.store import Tick
from engine.errors import LoopiError

from .conftest import START


@dataclass
class World:
    """The program as the scheduler sees it, and the wall clock."""

    time: datetime = START
    begun: list[str] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    told: list[tuple[str, int, str]] = field(default_factory=list)
    is_locked: bool = False
    is_connected: bool = True
    is_posting: bool = False
    broken: set[str] = field(default_factory=set)

    def now(self) -> datetime:
        return self.time

    def start(self, tick: Tick) -> Start:
        if self.is_locked:
            return "locked"
        if tick.schedule.id in self.broken:
            raise LoopiError("automation.missing", "It is gone.")
        if tick.run_id in self.begun:
            return "known"
        self.begun.append(tick.run_id)
        self.running.add(tick.schedule.id)
        return "started"

    def is_running(self, schedule: Schedule) -> bool:
        return schedule.id in self.running

    def has_begun(self, run_id: str) -> bool:
        return run_id in self.begun

    def posts(self, schedule: Schedule) -> bool:
        return self.is_posting

    def tell_missed(self, schedule: Schedule, missed: Missed, reason: Reason) -> None:
        self.told.append((schedule.id, missed.count, reason))

    def has_network(self) -> bool:
        return self.is_connected
