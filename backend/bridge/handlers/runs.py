"""Methods about runs that go on: start, resume, stop, follow."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from typing import cast

from backend.bridge.contract.history import (
    ActiveRun,
    RunContinue,
    RunDoubt,
    RunEventsOf,
    RunId,
    RunResume,
    RunStart,
)
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.bridge.events import event_json
from backend.runs.active import RunOptions
from backend.runs.earlier import values_before
from backend.runs.listing import RunFilter
from backend.runs.restoring import start_at
from engine.errors import LoopiError
from engine.estimate import estimate, refuse_unasked
from engine.model import Automation, Json

MAX_EVENTS = 5000


def start(desk: Desk, params: RunStart) -> RunId:
    """Raises InvalidAutomation, Refusal `bridge.bad_params`, and LoopiError `automation.missing`.

    Also `run.not_confirmed` for what posts in a loop until a person has agreed, `run.no_such_step`,
    `run.redacted_value`, `run.not_real` for where it is to begin, and what `RunService.start` raises.
    """
    automation = desk.app.parse(desk.app.automations.get(params.automation_id))
    if not (params.is_confirmed or params.dry_run):
        refuse_unasked(estimate(desk.app.linked(automation)))
    variables = cast("Mapping[str, Json]", params.variables)
    options = RunOptions(
        variables, params.credentials, sinks=(desk.hub.follow,), breakpoints=params.breakpoints
    )
    begin = desk.app.rehearsals.dry if params.dry_run else desk.app.runs.start
    return RunId(begin(automation, _from(desk, params, automation, options)).run_id)


def _from(desk: Desk, params: RunStart, automation: Automation, options: RunOptions) -> RunOptions:
    if params.from_step is None:
        return options
    journal, step = desk.app.journal, params.from_step
    if params.from_run is None:
        if not params.is_only:
            raise bad_params({"fromRun": "is missing"})
        return replace(options, start=start_at(automation, step, is_only=True))
    start, values = values_before(journal, automation, step, params.from_run, is_only=params.is_only)
    return replace(options, start=start, variables={**values, **options.variables})


def continue_(desk: Desk, params: RunContinue) -> Nothing:
    """Raises LoopiError `run.not_paused`."""
    run = desk.app.runs.find(params.run_id)
    if run is None or not run.go_on(params.mode):
        raise LoopiError(
            "run.not_paused",
            "This run does not wait before a step of this program.",
            hint="Where it was started in a terminal, it is asked for there.",
        )
    return Nothing()


def replay(desk: Desk, params: RunId) -> RunId:
    """Of the automation as it is now, with what the run was answered. Raises as `Rehearsals.replay`.

    And LoopiError `automation.missing`.
    """
    row = desk.app.journal.catalog.run(params.run_id)
    automation = desk.app.parse(desk.app.automations.get(str(row["automation_id"])))
    options = RunOptions(sinks=(desk.hub.follow,))
    return RunId(desk.app.rehearsals.replay(params.run_id, automation, options).run_id)


def resume(desk: Desk, params: RunResume) -> RunId:
    """Raises as `start` and as `RunService.resume`."""
    row = desk.app.journal.catalog.run(params.run_id)
    automation = desk.app.parse(desk.app.automations.get(str(row["automation_id"])))
    options = RunOptions(sinks=(desk.hub.follow,))
    run = desk.app.runs.resume(params.run_id, automation, params.answers, options)
    desk.hub.notify("history")
    return RunId(run.run_id)


def doubts(desk: Desk, params: RunId) -> tuple[RunDoubt, ...]:
    """Raises LoopiError `history.no_such_run`."""
    return tuple(
        RunDoubt(each.path, each.step_id, each.description, each.at, each.note, each.must_ask)
        for each in desk.app.runs.doubts(params.run_id)
    )


def stop(desk: Desk, params: RunId) -> Nothing:
    """Ends within a second, in another program of this user too. One that is over already is no error.

    Raises LoopiError `history.no_such_run`.
    """
    run = desk.app.runs.find(params.run_id)
    if run is not None:
        run.cancel()
    elif desk.app.journal.catalog.run(params.run_id)["is_going"]:
        desk.app.journal.catalog.ask_to_stop(params.run_id)
    return Nothing()


def active(desk: Desk, _params: Nothing) -> tuple[ActiveRun, ...]:
    """Those of this program, then those of others. Raises LoopiError `history.unusable`."""
    here = tuple(
        ActiveRun(each.run_id, each.automation_id, each.name, each.started_at, is_here=True)
        for each in (run.subject for run in desk.app.runs.active())
    )
    elsewhere = desk.app.journal.catalog.runs(wanted=RunFilter(is_going=True))
    return (*here, *map(_elsewhere, elsewhere))


def events(desk: Desk, params: RunEventsOf) -> tuple[Mapping[str, object], ...]:
    """In order, at most 5,000 at once. Raises LoopiError `history.no_such_run`."""
    wanted = desk.app.journal.events(params.run_id, after=params.after)
    return tuple(event_json(event) for event in islice(wanted, MAX_EVENTS))


def _elsewhere(row: Mapping[str, object]) -> ActiveRun:
    started_at = cast("float", row["started_at"])
    return ActiveRun(
        str(row["run_id"]), str(row["automation_id"]), str(row["name"]), started_at, is_here=False
    )


HANDLERS: Mapping[str, Callable[..., object]] = {
    "start": start,
    "stop": stop,
    "resume": resume,
    "continue": continue_,
    "replay": replay,
    "doubts": doubts,
    "active": active,
    "events": events,
}
