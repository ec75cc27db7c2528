"""`loopi resume`: an interrupted run goes on in another process."""

import json
import subprocess

from servers.command_line import Cli
from servers.echo import EchoServer, held, json_reply


def killed(cli: Cli, server: EchoServer, file: str) -> str:
    """Start the run, kill it while its request is held, return its id."""
    gate = server.gate()
    server.reply("/held", held(gate), json_reply({}))
    command = cli.command("run", file, "--json")
    with subprocess.Popen(command, env=cli.environ(), stdout=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        run_id = str(json.loads(going.stdout.readline())["run_id"])
        while "RequestSent" not in going.stdout.readline():
            pass
        going.kill()
    gate.set()
    return run_id


def steps(server: EchoServer, method: str) -> list[object]:
    return [
        {"id": "s", "type": "setVariable", "variableName": "x", "value": "5"},
        {"id": "call", "type": "apiCall", "method": method, "url": f"{server.url}/held"},
        {"id": "end", "type": "setVariable", "variableName": "y", "value": "{{x}}"},
    ]


def test_an_interrupted_run_goes_on_behind_its_last_completed_step(cli: Cli, server: EchoServer) -> None:
    file = cli.file("held", *steps(server, "GET"))
    run_id = killed(cli, server, file)
    resumed = cli("resume", run_id[:8], file, "--json")
    assert resumed.code == 0
    done = [each["step_id"] for each in resumed.events if each["type"] == "StepFinished"]
    assert done == ["call", "end"]
    assert cli("resume", run_id, file, "--json").error == "run.is_over"


def test_what_may_have_happened_is_asked_about(cli: Cli, server: EchoServer) -> None:
    file = cli.file("held", *steps(server, "POST"))
    run_id = killed(cli, server, file)
    sent = len(server.requests)
    assert cli("resume", run_id, file, "--json").error == "run.outcome_unknown"
    assert cli("resume", run_id, file, "--posted", "perhaps", "--json").error == "usage.posted"
    resumed = cli("resume", run_id, file, "--posted", "yes")
    assert resumed.code == 0
    assert resumed.out.startswith("Held succeeded: ")
    assert len(server.requests) == sent


def test_a_changed_file_is_refused(cli: Cli, server: EchoServer) -> None:
    run_id = killed(cli, server, cli.file("held", *steps(server, "GET")))
    changed = cli.file("held", *steps(server, "GET")[:2])
    assert cli("resume", run_id, changed, "--json").error == "run.automation_changed"
