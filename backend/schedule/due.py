"""Which times of a schedule are to run now, and which went by while nobody was there. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Literal, TypeAlias

from backend.schedule.trigger import Trigger, fires

PUNCTUAL = timedelta(seconds=90)
"""A tick that is no older than this is on time: the program looks once in a while, not all the time."""
MAX_COUNTED = 1_000
MissedPolicy: TypeAlias = Literal["skip", "runOnce", "runAll"]


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What becomes of ticks that were missed. `limit` is for `runAll`; older than `grace` is never run."""

    policy: MissedPolicy
    limit: int
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Missed:
    """Ticks that are not run. `count` stops at 1,000, and says so by `is_more`."""

    first: datetime
    last: datetime
    count: int
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """`run` is to be started, the oldest first."""

    run: tuple[datetime, ...] = ()
    missed: Missed | None = None


def due(trigger: Trigger, rule: CatchUp, *, since: datetime, now: datetime) -> Due:
    """What has come due after `since`, up to and including `now`."""
    edge = max(since, now - rule.grace)
    recent = tuple(_until(now, trigger, after=edge))
    is_punctual = bool(recent) and now - recent[-1] <= PUNCTUAL
    on_time, late = (recent[-1:], recent[:-1]) if is_punctual else ((), recent)
    caught = _caught(rule, late, is_punctual=is_punctual)
    lost = tuple(islice(_until(edge, trigger, after=since), MAX_COUNTED)) if edge > since else ()
    return Due((*caught, *on_time), _missed((*lost, *late[: len(late) - len(caught)])))


def _until(end: datetime, trigger: Trigger, *, after: datetime) -> Iterator[datetime]:
    return takewhile(lambda at: at <= end, fires(trigger, after))


def _caught(rule: CatchUp, late: tuple[datetime, ...], *, is_punctual: bool) -> tuple[datetime, ...]:
    """The latest of those that were missed: how many is the policy's to say."""
    # A run that is on time stands for the one that would catch up.
    wanted = {"skip": 0, "runOnce": 0 if is_punctual else 1, "runAll": rule.limit}[rule.policy]
    return late[max(len(late) - wanted, 0) :]


def _missed(ticks: tuple[datetime, ...]) -> Missed | None:
    if not ticks:
        return None
    return Missed(ticks[0], ticks[-1], min(len(ticks), MAX_COUNTED), is_more=len(ticks) >= MAX_COUNTED)
