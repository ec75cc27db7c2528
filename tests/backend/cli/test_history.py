"""`loopi history`: the runs of this machine, found, shown, written out, stopped and deleted."""

import contextlib
import json
import subprocess
from pathlib import Path

from backend.places import Places
from backend.runs.journal import Journal
from servers.command_line import Cli

SET = {"id": "s", "type": "setVariable", "variableName": "x", "value": "5"}
WRONG = {"id": "w", "type": "stop", "outcome": "failed", "message": "It rains."}
LONG = {"id": "long", "type": "wait", "value": 600}


def ran(cli: Cli, name: str, *steps: object) -> str:
    cli("run", cli.file(name, *steps))
    return str(cli("history", "list", "--limit", "1", "--json").json[0]["runId"])


def test_runs_are_listed_and_found_by_what_is_asked(cli: Cli) -> None:
    good, bad = ran(cli, "good", SET), ran(cli, "bad", WRONG)
    assert [each["runId"] for each in cli("history", "list", "--json").json] == [bad, good]
    for options in (("--outcome", "failed"), ("--search", "rains"), ("--automation", "bad")):
        (found,) = cli("history", "list", "--json", *options).json
        assert (found["runId"], found["outcome"], found["errorCode"]) == (bad, "failed", "run.stopped")
    assert cli("history", "list", "--json", "--until", "2020-01-01").json == []
    assert len(cli("history", "list", "--since", "2020-01-01").out.splitlines()) == 2
    assert cli("history", "list", "--search", "nothing").err == "There is nothing to list.\n"


def test_what_was_missed_is_found_and_shown_with_the_reason(cli: Cli) -> None:
    words = "Missed 4 times: Loopi was not running."
    with contextlib.closing(Journal(Places(cli.home).history_db)) as journal:
        error = {"code": "schedule.missed", "message": words}
        journal.catalog.note("5c-1-missed", ("a", "Daily"), 1.0, error, outcome="missed")
    (found,) = cli("history", "list", "--outcome", "missed", "--json").json
    assert (found["outcome"], found["errorMessage"]) == ("missed", words)
    assert cli("history", "show", "5c-1").out.splitlines() == ["Daily", words]
    assert cli("history", "show", "5c-1", "--json").events == []


def test_what_cannot_be_asked_is_said(cli: Cli) -> None:
    assert cli("history", "list", "--json", "--outcome", "fine").error == "usage.outcome"
    assert cli("history", "list", "--json", "--since", "soon").error == "usage.time"


def test_a_run_is_shown_as_it_was_and_written_out_as_recorded(cli: Cli, tmp_path: Path) -> None:
    run_id = ran(cli, "good", SET)
    assert cli("history", "show", run_id[:8]).out.splitlines()[0] == "Good"
    shown = cli("history", "show", run_id, "--json")
    assert cli("history", "export", run_id, "--output", str(tmp_path / "run.jsonl")).code == 0
    lines = (tmp_path / "run.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == shown.events
    assert cli("history", "export", run_id).out.splitlines() == lines
    assert cli("history", "export", run_id, "--output", str(tmp_path / "run.jsonl")).code == 2


def test_a_deleted_run_is_gone_and_an_id_must_be_one_runs_own(cli: Cli) -> None:
    run_id = ran(cli, "good", SET)
    assert cli("history", "delete", run_id, "--json").error == "usage.no_terminal"
    assert cli("history", "delete", run_id, "--yes", "--json").json == {"runId": run_id}
    assert cli("history", "show", run_id, "--json").error == "history.no_such_run"
    assert cli("history", "show", "", "--json").error == "history.no_such_run"


def test_a_run_of_another_terminal_is_stopped(cli: Cli) -> None:
    command = cli.command("run", cli.file("long", LONG), "--json")
    with subprocess.Popen(command, env=cli.environ(), stdout=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        run_id = json.loads(going.stdout.readline())["run_id"]
        (listed,) = cli("history", "list", "--outcome", "running", "--json").json
        assert listed["runId"] == run_id
        assert cli("history", "delete", run_id, "--yes", "--json").error == "history.still_running"
        assert cli("history", "stop", run_id).out == "Asked “Long” to stop.\n"
        assert going.wait(20) == 130
    assert cli("history", "stop", run_id).err == "This run does not go on.\n"


def test_a_killed_run_is_interrupted_at_once(cli: Cli) -> None:
    command = cli.command("run", cli.file("long", LONG), "--json")
    with subprocess.Popen(command, env=cli.environ(), stdout=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        going.stdout.readline()
        going.kill()
    (listed,) = cli("history", "list", "--json").json
    assert listed["outcome"] == "interrupted"


def test_old_runs_go_when_another_one_ends(cli: Cli) -> None:
    cli.home.mkdir(mode=0o700)
    (cli.home / "settings.json").write_text('{"historyRuns": 2}')
    for number in range(4):
        ran(cli, f"run{number}", SET)
    journal = Journal(cli.home / "runs.db")
    assert [row["name"] for row in journal.catalog.runs()] == ["Run3", "Run2"]


def test_an_exported_answer_cannot_steer_the_terminal(cli: Cli, tmp_path: Path) -> None:
    value = "a\x9b2Jb\u202ec\x1b]0;x\x07"
    step = {"id": "s", "type": "setVariable", "variableName": "v", "value": value}
    run_id = cli("run", cli.file("one", step), "--json").events[0]["run_id"]
    printed = cli("history", "export", run_id).out
    cli("history", "export", run_id, "--output", str(tmp_path / "run.jsonl"))
    assert (tmp_path / "run.jsonl").read_text() == printed
    assert not set(printed) & set("\x9b\u202e\x1b\x07")
    set_ = [event for event in map(json.loads, printed.splitlines()) if event["type"] == "VariableSet"]
    assert [event["value"] for event in set_] == [value]
