"""Methods about schedules: made, changed, switched on and off, and what they come to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar, assert_never
from uuid import uuid4

from backend.adapters.schedule_book import SHOWN, ScheduleBook, Standing
from backend.bridge.contract import schedules as contract
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.schedule import trigger as triggers
from backend.schedule.schedule import Options, Schedule, checked, switched
from backend.schedule.trigger import Cron, Interval, Once, ProgramStart, Trigger
from backend.schedule.words import local, when
from backend.schedule.zone import all_zones, own_zone

Value = TypeVar("Value")


def list_(desk: Desk, _params: Nothing) -> tuple[contract.ScheduleEntry, ...]:
    return tuple(map(_entry, _book(desk).all()))


def create(desk: Desk, params: contract.ScheduleCreate) -> contract.ScheduleEntry:
    """Switched on at once. Raises StoreError `automation.missing`, ScheduleError `schedule.invalid`."""
    now = datetime.now(UTC)
    automation_id = desk.app.automations.find(params.automation_id).id
    trigger, options = _trigger(params.trigger, now), _options(params.options)
    return _kept(
        desk, Schedule(uuid4().hex[:12], automation_id, trigger, options, is_enabled=True, since=now)
    )


def update(desk: Desk, params: contract.ScheduleUpdate) -> contract.ScheduleEntry:
    """What its time went by for until now is not caught up. Raises ScheduleError."""
    now, found = datetime.now(UTC), desk.app.schedules.get(params.id)
    trigger = _same_beat(found.trigger, _trigger(params.trigger, now))
    return _kept(desk, replace(found, trigger=trigger, options=_options(params.options), since=now))


def delete(desk: Desk, params: contract.ScheduleId) -> Nothing:
    """Its automation and the history stay. Raises ScheduleError `schedule.missing`."""
    desk.app.schedules.remove(params.id)
    desk.hub.notify("schedules")
    return Nothing()


def enable(desk: Desk, params: contract.ScheduleId) -> contract.ScheduleEntry:
    """From now on. Raises ScheduleError, also for a time that has passed."""
    found = desk.app.schedules.get(params.id)
    return _kept(desk, switched(found, is_enabled=True, now=datetime.now(UTC)))


def disable(desk: Desk, params: contract.ScheduleId) -> contract.ScheduleEntry:
    """A run that goes on is not stopped. Raises ScheduleError `schedule.missing`."""
    found = desk.app.schedules.get(params.id)
    return _kept(desk, switched(found, is_enabled=False, now=datetime.now(UTC)))


def times(_desk: Desk, params: contract.ScheduleTrigger) -> contract.ScheduleTimes:
    """The next times of a trigger that is being edited. Raises ScheduleError `schedule.invalid`."""
    now = datetime.now(UTC)
    trigger = _trigger(params, now)
    return contract.ScheduleTimes(_times(trigger, islice(triggers.fires(trigger, now), SHOWN)))


def zones(_desk: Desk, _params: Nothing) -> contract.ScheduleZones:
    return contract.ScheduleZones(own_zone(), all_zones())


def waiting(desk: Desk, _params: Nothing) -> contract.ScheduleWaiting:
    """Open: who is asked to unlock the vault learns what waits for it. A number, and no name."""
    return contract.ScheduleWaiting(len(_book(desk).waiting()))


def _kept(desk: Desk, schedule: Schedule) -> contract.ScheduleEntry:
    desk.app.schedules.put(schedule)
    desk.hub.notify("schedules")
    return _entry(_book(desk).one(schedule.id))


def _book(desk: Desk) -> ScheduleBook:
    app = desk.app
    here = frozenset(run.run_id for run in app.runs.active())
    return ScheduleBook(app.schedules, app.automations, app.journal, here)


def _trigger(given: contract.ScheduleTrigger, now: datetime) -> Trigger:
    zone = given.zone or own_zone()
    match given.kind:
        case "interval":
            return triggers.interval(_needed("minutes", given.minutes), anchor=now)
        case "cron":
            return triggers.cron(_needed("expression", given.expression), zone)
        case "once":
            return triggers.once(triggers.local_time(_needed("at", given.at), zone), now=now)
        case "programStart":
            return ProgramStart()
    assert_never(given.kind)


def _needed(name: str, value: Value | None) -> Value:
    if value is None:
        raise bad_params({f"trigger.{name}": "is missing"})
    return value


def _same_beat(before: Trigger, now: Trigger) -> Trigger:
    """An interval that stays as long keeps its minute."""
    is_same = isinstance(before, Interval) and isinstance(now, Interval) and before.minutes == now.minutes
    return before if is_same else now


def _options(given: contract.ScheduleOptions) -> Options:
    return checked(Options(**asdict(given)))


def _entry(standing: Standing) -> contract.ScheduleEntry:
    schedule = standing.schedule
    return contract.ScheduleEntry(
        id=schedule.id,
        automation_id=schedule.automation_id,
        trigger=_shown(schedule.trigger),
        options=contract.ScheduleOptions(**asdict(schedule.options)),
        state=standing.state,
        when=when(schedule),
        next=_times(schedule.trigger, standing.next),
        automation_name=standing.name,
    )


def _shown(trigger: Trigger) -> contract.ScheduleTrigger:
    match trigger:
        case Interval(minutes):
            return contract.ScheduleTrigger("interval", minutes=minutes)
        case Cron(expression, zone):
            return contract.ScheduleTrigger("cron", expression=expression, zone=zone)
        case Once(at):
            return contract.ScheduleTrigger("once", at=f"{at.astimezone():%Y-%m-%dT%H:%M}", zone=own_zone())
        case ProgramStart():
            return contract.ScheduleTrigger("programStart")
    assert_never(trigger)


def _times(trigger: Trigger, found: Iterable[datetime]) -> tuple[contract.ScheduleTime, ...]:
    return tuple(contract.ScheduleTime(at.timestamp(), local(trigger, at)) for at in found)


HANDLERS: Mapping[str, Callable[..., object]] = {
    "list": list_,
    "create": create,
    "update": update,
    "delete": delete,
    "enable": enable,
    "disable": disable,
    "times": times,
    "zones": zones,
    "waiting": waiting,
}
