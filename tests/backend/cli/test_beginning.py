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
