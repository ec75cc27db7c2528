"""`loopi run` against real servers: outcomes, exit codes, variables, credentials, stopping."""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.cli.prompt import UsageProblem
from backend.cli.run import first_values, pairs
from servers.command_line import API_KEY, Cli, Ended
from servers.echo import EchoServer
from servers.loopback import Reply
from servers.openweather import OpenWeatherServer
from servers.x_api import XServer

URL = "{{credentials.apiUrl}}weather?q={{city}}&appid={{credentials.apiKey}}"
WEATHER = {
    "id": "weather",
    "type": "apiCall",
    "method": "GET",
    "url": URL,
    "credentialId": "W",
    "storeKey": "w",
}
TWEET = {"id": "tweet", "type": "twitterCreateTweet", "text": "hello"}
X_KEYS = {
    "apiKey": "consumer-key-1234",
    "apiSecret": "consumer-secret-1234",
    "accessToken": "access-token-1234",
    "accessSecret": "access-secret-1234",
}


@pytest.fixture
def weather(cli: Cli) -> Iterator[OpenWeatherServer]:
    with OpenWeatherServer(api_key=API_KEY) as server:
        cli.add("W", {"apiKey": API_KEY, "apiUrl": f"{server.url}/data/2.5/"})
        yield server


def kinds(ended: Ended) -> list[str]:
    return [str(event["type"]) for event in ended.events]


def test_a_run_that_succeeds_ends_with_0_and_one_line(cli: Cli, weather: OpenWeatherServer) -> None:
    said = {
        "id": "say",
        "type": "setVariable",
        "variableName": "report",
        "value": "{{w.main.temp}} in {{city}}",
    }
    ended = cli("run", cli.file("morning", WEATHER, said, variables={"city": "London"}))
    assert ended.code == 0
    assert ended.out.startswith("Morning succeeded: 2 steps in ")
    assert "report = 301.25 in London" in ended.err
    assert len(weather.requests) == 1


def test_json_is_one_event_per_line_and_nothing_else(cli: Cli, weather: OpenWeatherServer) -> None:
    ended = cli("run", cli.file("morning", WEATHER, variables={"city": "London"}), "--json")
    assert ended.code == 0
    assert kinds(ended)[0] == "RunStarted"
    assert kinds(ended)[-1] == "RunFinished"
    assert [event["seq"] for event in ended.events] == list(range(len(ended.events)))
    assert ended.err == ""


def test_a_saved_automation_runs_by_name_and_a_variable_from_the_command_line_wins(
    cli: Cli, weather: OpenWeatherServer
) -> None:
    cli("automations", "import", cli.file("morning", WEATHER, variables={"city": "Nowhere"}))
    assert cli("run", "Morning", "--var", "city=München").code == 0
    failed = cli("run", "Morning")
    assert failed.code == 1
    assert "Error: The server answered 404 Not Found: city not found" in failed.err
    assert failed.out == ""


def test_variables_are_typed_only_when_nothing_is_lost(cli: Cli) -> None:
    given = ("n=5", "zip=007", "big=12345678901234567890", 'list=["a"]', "on=true", "text=a=b", "empty=")
    options = [part for pair in given for part in ("--var", pair)]
    started = cli("run", cli.file("empty"), "--json", *options).events[0]
    assert started["variables"] == {
        "n": 5,
        "zip": "007",
        "big": "12345678901234567890",
        "list": ["a"],
        "on": True,
        "text": "a=b",
        "empty": "",
    }


@pytest.mark.parametrize(
    ("given", "code"), [("novalue", "usage.no_pair"), ("=1", "usage.no_pair"), ("a=1 a=2", "usage.twice")]
)
def test_pairs_that_cannot_be_meant_are_refused(given: str, code: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        pairs(given.split(), option="--var")
    assert caught.value.code == code
    assert pairs(["a=1=2", "b="], option="--var") == {"a": "1=2", "b": ""}


@pytest.mark.parametrize("name", ["credentials", "steps", "a b", "1a", "true"])
def test_a_name_that_no_variable_can_have_is_refused(name: str) -> None:
    with pytest.raises(UsageProblem, match="cannot be the name"):
        first_values([f"{name}=1"])


def test_a_step_that_does_not_exist_cannot_get_a_credential(cli: Cli) -> None:
    ended = cli("run", cli.file("empty"), "--json", "--credential", "nostep=W")
    assert (ended.code, ended.error) == (2, "run.no_such_step")


def test_all_problems_of_a_file_are_told_with_their_paths_and_nothing_runs(
    cli: Cli, weather: OpenWeatherServer
) -> None:
    file = cli.file("bad", {**WEATHER, "method": "GIVE"}, {"id": "b", "type": "wrong"})
    ended = cli("run", file)
    assert ended.code == 2
    assert "steps[0].method" in ended.err
    assert "steps[1].type" in ended.err
    problems = cli("run", file, "--json").json["error"]["problems"]
    assert {problem["path"] for problem in problems} == {"steps[0].method", "steps[1].type"}
    assert weather.requests == []


def test_a_file_or_a_name_that_is_not_there_ends_with_2(cli: Cli) -> None:
    assert cli("run", "no-such-file.json", "--json").error == "store.unreadable"
    ended = cli("run", "No such name", "--json")
    assert (ended.code, ended.error) == (2, "automation.missing")


def test_a_wrong_key_ends_with_3(cli: Cli, weather: OpenWeatherServer) -> None:
    file = cli.file("morning", WEATHER, variables={"city": "London"})
    ended = cli("run", file, "--json", environ={"LOOPI_VAULT_KEY": "00" * 32})
    assert (ended.code, ended.error) == (3, "vault.wrong_key")
    assert weather.requests == []


def test_a_credential_that_is_missing_ends_with_4_before_any_request(
    cli: Cli, weather: OpenWeatherServer
) -> None:
    file = cli.file("morning", {**WEATHER, "credentialId": "Gone"}, variables={"city": "London"})
    assert cli("run", file).code == 4
    assert weather.requests == []
    assert cli("run", file, "--credential", "weather=W").code == 0


def test_a_key_that_the_service_refuses_ends_with_5(cli: Cli, weather: OpenWeatherServer) -> None:
    weather.api_key = "f" * 32
    ended = cli("run", cli.file("morning", WEATHER, variables={"city": "London"}), "--json")
    assert ended.code == 5
    assert ended.events[-1]["error"]["code"] == "http.unauthorized"


def test_a_host_that_the_credential_does_not_allow_ends_with_6(cli: Cli, weather: OpenWeatherServer) -> None:
    with EchoServer() as other:
        elsewhere = {**WEATHER, "url": other.url + "/?k={{credentials.apiKey}}"}
        ended = cli("run", cli.file("astray", elsewhere), "--json")
        assert ended.code == 6
        assert ended.events[-1]["error"]["code"] == "policy.host_blocked"
        assert other.requests == []


def test_a_damaged_vault_ends_with_7(cli: Cli, weather: OpenWeatherServer) -> None:
    vault = cli.home / "credentials.json.enc"
    content = bytearray(vault.read_bytes())
    content[-80] ^= 1
    vault.write_bytes(content)
    ended = cli("run", cli.file("morning", WEATHER, variables={"city": "London"}), "--json")
    assert (ended.code, ended.error) == (7, "vault.damaged")


def test_keys_in_the_file_work_with_a_warning_and_are_not_shown(cli: Cli) -> None:
    cli.secrets += X_KEYS.values()
    with XServer() as x:
        file = cli.file("post", {**TWEET, **X_KEYS})
        ended = cli("run", file, environ={"LOOPI_X_BASE_URL": x.url})
    assert ended.code == 5
    assert "Warning: this file holds keys in plain text (in tweet)." in ended.err


def test_x_refusing_the_credential_ends_with_5(cli: Cli) -> None:
    cli.secrets += X_KEYS.values()
    with XServer() as x:
        cli.add("X", X_KEYS, "--allow-host", x.url, type_id="twitter")
        file = cli.file("post", {**TWEET, "credentialId": "X"})
        ended = cli("run", file, "--json", environ={"LOOPI_X_BASE_URL": x.url})
    assert ended.code == 5
    assert ended.events[-1]["error"]["code"].startswith("x.unauthorized")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_run_in_the_middle_of_a_wait(cli: Cli, number: signal.Signals) -> None:
    file = cli.file("long", {"id": "w", "type": "wait", "value": 30})
    command = cli.command("run", file, "--json")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=cli.environ()) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        while json.loads(run.stdout.readline())["type"] != "StepStarted":
            pass
        run.send_signal(number)
        rest = [json.loads(line) for line in run.stdout]
        assert run.stderr.read() == b""
    assert run.returncode == 130
    assert rest[-1]["outcome"] == "cancelled"


def test_a_run_takes_no_longer_than_it_may(cli: Cli) -> None:
    file = cli.file("long", {"id": "w", "type": "wait", "value": 30})
    ended = cli("run", file, "--timeout", "0.2", "--json")
    assert ended.code == 1
    assert ended.events[-1]["error"]["code"] == "run.timeout"


def test_an_answer_cannot_steer_the_terminal(cli: Cli) -> None:
    with EchoServer() as server:
        url = server.reply("/evil", Reply(body=b"\x1b[2J\x1b]0;owned\x07"))
        call = {"id": "evil", "type": "apiCall", "method": "GET", "url": url, "storeKey": "answer"}
        shown = {"id": "show", "type": "setVariable", "variableName": "v", "value": "{{answer}}"}
        ended = cli("run", cli.file("evil", call, shown))
    assert ended.code == 0
    assert "\\x1b[2J" in ended.err
    assert "\x1b" not in ended.out + ended.err


def test_an_automation_is_read_from_standard_input(cli: Cli) -> None:
    document = Path(cli.file("piped")).read_text()
    assert cli("run", "-", stdin=document).out.startswith("Piped succeeded: 0 steps")
