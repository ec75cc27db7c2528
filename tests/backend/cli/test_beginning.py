"""`loopi run --only`: one step, with the values that an earlier run had before it."""

from servers.command_line import Cli
from servers.echo import EchoServer


def test_one_step_is_run_with_the_values_of_the_last_run(cli: Cli, server: EchoServer) -> None:
    first = {"id": "first", "type": "setVariable", "variableName": "x", "value": "seven"}
    call = {"id": "call", "type": "apiCall", "method": "GET", "url": f"{server.url}/{{{{x}}}}"}
    last = {"id": "last", "type": "apiCall", "method": "GET", "url": f"{server.url}/last"}
    file = cli.file("plan", first, call, last)
    assert cli("run", file, "--only", "call", "--json").events[-1]["error"]["code"] == "template.unknown_name"
    assert cli("run", file, "--json").code == 0
    sent = [request.path for request in server.requests]
    ended = cli("run", file, "--only", "call", "--json")
    assert ended.code == 0
    assert [request.path for request in server.requests] == [*sent, "/seven"]
    assert [each["step_id"] for each in ended.events if each["type"] == "StepFinished"] == ["call"]
    assert cli("run", file, "--only", "gone", "--json").error == "run.no_such_step"
    assert cli("run", file, "--values-of", "x", "--json").error == "usage.values_of"
    dry = cli("run", file, "--only", "call", "--dry-run", "--json")
    assert [each["url"] for each in dry.events if each["type"] == "RequestSent"] == [f"{server.url}/seven"]
    assert len(server.requests) == len(sent) + 1


def test_a_step_of_a_loop_is_run_with_the_last_item_it_had(cli: Cli, server: EchoServer) -> None:
    call = {"id": "call", "type": "apiCall", "url": f"{server.url}/{{{{currentItem}}}}"}
    file = cli.file("plan", {"id": "all", "type": "forEach", "items": ["a", "b"], "steps": [call]})
    assert cli("run", file, "--json").code == 0
    ended = cli("run", file, "--only", "call")
    assert ended.code == 0
    assert [request.path for request in server.requests] == ["/a", "/b", "/b"]
    assert "round" not in ended.out + ended.err


def test_a_run_from_a_step_on_has_the_values_before_it(cli: Cli) -> None:
    steps = [
        {"id": "first", "type": "setVariable", "variableName": "k", "value": 1},
        {"id": "mid", "type": "modifyVariable", "variableName": "k", "operation": "increment", "value": 100},
        {"id": "end", "type": "setVariable", "variableName": "last", "value": "last={{k}}"},
    ]
    file = cli.file("chain", *steps)
    assert cli("run", file).code == 0
    done = cli("run", file, "--from", "mid", "--json")
    assert done.code == 0
    assert '"last=101"' in done.out
    assert '"first"' not in done.out.partition("StepStarted")[2]


def test_a_run_of_one_step_leaves_no_values_for_another(cli: Cli) -> None:
    steps = [
        {"id": "mid", "type": "setVariable", "variableName": "k", "value": 101},
        {"id": "end", "type": "setVariable", "variableName": "last", "value": "last={{k}}"},
    ]
    file = cli.file("chain", *steps)
    assert cli("run", file).code == 0
    assert cli("run", file, "--only", "mid").code == 0
    assert '"last=101"' in cli("run", file, "--only", "end", "--json").out


def test_only_and_from_are_not_given_together(cli: Cli) -> None:
    file = cli.file("chain", {"id": "a", "type": "setVariable", "variableName": "k", "value": 1})
    done = cli("run", file, "--only", "a", "--from", "a", "--json")
    assert (done.code, done.error) == (2, "usage.only_or_from")
