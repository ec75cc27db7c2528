"""`loopi replay`: a run's answers drive the automation as it is now, without network, vault or secrets."""

from servers.command_line import API_KEY, Cli, Ended
from servers.echo import EchoServer, json_reply


def differences(ended: Ended) -> list[tuple[str, str, str]]:
    return [(e["path"], e["recorded"], e["now"]) for e in ended.events if e["type"] == "Differed"]


def steps(server: EchoServer, *, limit: int = 20) -> list[dict[str, object]]:
    ask: dict[str, object] = {
        "id": "ask",
        "type": "apiCall",
        "method": "GET",
        "url": f"{server.url}/t?k={{{{credentials.apiKey}}}}",
        "credentialId": "W",
        "storeKey": "w",
        "retry": {"attempts": 3, "delaySeconds": 0},
    }
    hot = {"left": "{{w.temp}}", "operator": "greaterThan", "right": limit}
    say = {"id": "say", "type": "setVariable", "variableName": "said", "value": "{{w.temp}} {{w.key}}"}
    wait = {"id": "rest", "type": "wait", "value": 0}
    return [ask, wait, {"id": "hot", "type": "if", "condition": hot, "then": [say], "else": []}]


def recorded(cli: Cli, server: EchoServer) -> str:
    cli.add("W", {"apiKey": API_KEY, "apiUrl": f"{server.url}/"})
    server.reply("/t", json_reply({}, status=503), json_reply({"temp": 30, "key": API_KEY}))
    ended = cli("run", cli.file("plan", *steps(server)), "--json")
    assert ended.code == 0, ended
    return str(ended.events[0]["run_id"])


def test_a_replay_takes_the_same_way_and_needs_no_network_and_no_vault(cli: Cli, server: EchoServer) -> None:
    run_id = recorded(cli, server)
    sent = len(server.requests)
    file = cli.file("plan", *steps(server))
    without_key = {"LOOPI_VAULT_KEY": None}
    ended = cli("replay", run_id[:8], file, "--json", environ=without_key)
    assert (ended.code, differences(ended), len(server.requests)) == (0, [], sent)
    kinds = [each["type"] for each in ended.events]
    assert "RequestSent" not in kinds
    assert kinds.count("AnswerTaken") == 2
    (marked,) = [each for each in ended.events if each["type"] == "RunRehearsed"]
    assert (marked["kind"], marked["of_run"]) == ("replay", run_id)
    values = [each["value"] for each in ended.events if each["type"] == "VariableSet"]
    assert values == ["30 ••••••••"]
    assert cli("history", "list", "--json").json[0]["kind"] == "replay"
    assert cli("resume", str(marked["run_id"]), file, "--json").error == "run.not_real"


def test_where_the_automation_differs_now_is_told_with_the_step_and_why(cli: Cli, server: EchoServer) -> None:
    run_id = recorded(cli, server)
    changed = cli("replay", run_id, cli.file("plan", *steps(server, limit=40)), "--json")
    assert changed.code == 1
    assert differences(changed) == [("2", "the branch then", "the branch else")]
    error = changed.events[-1]["error"]
    assert error["code"] == "run.differs"
    assert "at hot, the run had the branch then, and now it is the branch else" in error["message"]
    shown = cli("replay", run_id, cli.file("plan", *steps(server, limit=40)))
    assert "hot  was the branch then, is the branch else" in shown.err


def test_a_step_that_was_moved_keeps_its_answer_and_one_without_an_answer_fails(
    cli: Cli, server: EchoServer
) -> None:
    run_id = recorded(cli, server)
    sent = len(server.requests)
    ask, wait, hot = steps(server)
    moved = cli("replay", run_id, cli.file("plan", wait, ask, hot), "--json")
    assert (moved.code, differences(moved)) == (0, [])
    new = {"id": "new", "type": "apiCall", "method": "GET", "url": f"{server.url}/new"}
    ended = cli("replay", run_id, cli.file("plan", ask, new), "--json")
    assert differences(ended)[0] == ("1", "nothing", "a step of type apiCall")
    (failed,) = [e for e in ended.events if e["type"] == "StepFinished" and e["outcome"] == "failed"]
    assert failed["error"]["code"] == "run.no_answer"
    assert ended.events[-1]["error"]["code"] == "run.differs"
    assert len(server.requests) == sent
