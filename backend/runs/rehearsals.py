"""Starts runs that send nothing: dry runs and replays. They stand in the history, marked as what they are."""

from collections.abc import Callable
from dataclasses import replace

from backend.runs import resuming
from backend.runs.active import ActiveRun, RunOptions
from backend.runs.earlier import last_real
from backend.runs.journal import Journal
from backend.runs.recording import Recording
from backend.runs.rehearsal import DryRun
from backend.runs.replay import Replay
from backend.runs.service import RunService
from engine.model import Automation


class Rehearsals:
    """The runs of `runs`, without a network."""

    def __init__(self, runs: RunService, journal: Callable[[], Journal]) -> None:
        self._runs = runs
        self._journal = journal

    def dry(self, automation: Automation, options: RunOptions) -> ActiveRun:
        """Resolve everything and send nothing. Raises as `RunService.start`."""
        journal = self._journal()
        run_id = last_real(journal, automation.id, active=self._going())
        recording = Recording(run_id, journal.events(run_id)) if run_id else None
        return self._runs.start(automation, replace(options, rehearsal=DryRun(recording)))

    def replay(self, run_id: str, automation: Automation, options: RunOptions) -> ActiveRun:
        """Drive an automation with what a run was answered. No credential is asked for.

        Raises InvalidAutomation, LoopiError `run.not_real`, `run.still_running`, `run.nothing_recorded`,
        `history.no_such_run`, `history.unusable`.
        """
        journal = self._journal()
        row = journal.catalog.run(run_id, active=self._going())
        resuming.refuse_rehearsal(row)
        if row["is_going"]:
            raise resuming.still_running("There is nothing to replay before a run is over.")
        recording = Recording(run_id, journal.events(run_id))
        if recording.started is None:
            raise resuming.nothing_recorded()
        _credentials, begin = resuming.chosen(row)
        values = {**recording.started.variables, **options.variables}
        own = replace(options, variables=values, start=begin, rehearsal=Replay(recording))
        return self._runs.start(automation, own)

    def _going(self) -> list[str]:
        return [run.run_id for run in self._runs.active()]
