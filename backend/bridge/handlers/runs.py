"""Methods about runs that go on: start, stop, follow."""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import cast

from backend.bridge.contract.history import ActiveRun, RunEventsOf, RunId, RunStart
from backend.bridge.contract.shape import Nothing
from backend.bridge.desk import Desk
from backend.bridge.events import event_json
from backend.runs.service import RunOptions
from engine.errors import LoopiError
from engine.events import Event, RunFinished, RunStarted
from engine.model import Json

MAX_EVENTS = 20_000


def start(desk: Desk, params: RunStart) -> RunId:
    """Raises InvalidAutomation, `automation.missing`, `run.no_such_step`, `history.unusable`."""

    def tell(event: Event) -> None:
        desk.hub.run(event)
        if isinstance(event.fact, RunStarted | RunFinished):
            desk.hub.notify("history")

    automation = desk.app.parse(desk.app.automations.get(params.automation_id))
    variables = cast("Mapping[str, Json]", params.variables)
    run = desk.app.runs.start(automation, RunOptions(variables, params.credentials, sinks=(tell,)))
    return RunId(run.run_id)


def stop(desk: Desk, params: RunId) -> Nothing:
    """Ends within a second. One that is over already is no error. Raises LoopiError `run.not_here`."""
    run = desk.app.runs.find(params.run_id)
    if run is not None:
        run.cancel()
    elif not desk.app.journal.is_over(params.run_id):
        raise LoopiError(
            "run.not_here",
            "This run does not go on in this window's program.",
            hint="Stop it where it was started, for example with Ctrl-C in its terminal.",
        )
    return Nothing()


def active(desk: Desk, _params: Nothing) -> tuple[ActiveRun, ...]:
    subjects = [run.subject for run in desk.app.runs.active()]
    return tuple(ActiveRun(each.run_id, each.automation_id, each.name, each.started_at) for each in subjects)


def events(desk: Desk, params: RunEventsOf) -> tuple[Mapping[str, object], ...]:
    """In order, at most 20,000 at once. Raises LoopiError `history.no_such_run`."""
    wanted = (event for event in desk.app.journal.events(params.run_id) if event.seq > params.after)
    return tuple(event_json(event) for event in islice(wanted, MAX_EVENTS))


HANDLERS: Mapping[str, Callable[..., object]] = {
    "start": start,
    "stop": stop,
    "active": active,
    "events": events,
}
