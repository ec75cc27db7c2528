from pathlib import Path

import pytest

from backend.runs.active import RunOptions
from backend.runs.clock import SystemClock
from backend.runs.journal import Journal
from backend.runs.rehearsals import Rehearsals
from backend.runs.service import RunService
from engine.errors import LoopiError
from engine.events import RunFinished, StepFinished, StepStarted
from engine.ports import Credential, Settings
from runs import automation, call, interrupted
from servers.echo import EchoServer


class Refusing:
    """Credentials that must not be asked for."""

    def find(self, reference: str) -> Credential | None:
        raise LoopiError("vault.locked", f"{reference} was asked for.")


def test_a_replay_of_an_interrupted_run_asks_for_no_credential_and_sends_nothing(
    tmp_path: Path, server: EchoServer
) -> None:
    journal = Journal(tmp_path / "runs.db")
    runs = RunService(lambda: journal, Refusing(), settings=Settings, clock=SystemClock())
    rehearsals = Rehearsals(runs, lambda: journal)
    parsed = automation(call("ask", server.url, credentialId="W"), id="a1")
    done = StepFinished("ask", "succeeded", {"data": 1})
    interrupted(journal, parsed, ("0", StepStarted("ask", "apiCall")), ("0", done))
    replayed = rehearsals.replay("r", parsed, RunOptions())
    assert replayed.wait(30) == RunFinished("succeeded")
    with pytest.raises(LoopiError) as caught:
        rehearsals.replay(replayed.run_id, parsed, RunOptions())
    assert caught.value.code == "run.not_real"
    journal.catalog.note("m", ("a1", "Test"), 0.0, {"code": "x", "message": "Missed."}, outcome="failed")
    with pytest.raises(LoopiError) as caught:
        rehearsals.replay("m", parsed, RunOptions())
    assert caught.value.code == "run.nothing_recorded"
    assert server.requests == []
    journal.close()
