"""What comes in from elsewhere, and what goes out, one door after the other: no secret may stay in the clear.

Each test searches every file of the user's folder and all that was printed, as its neighbour does for a run.
"""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from canary import CANARIES
from drive.electron_vault import sealed
from drive.leak import SECRETS, findings
from servers.command_line import Cli
from servers.echo import EchoServer, held, json_reply

# on one line, and in letters that a shell and a .env file take in quotes
SIMPLE = {name: CANARIES[name] for name in ("plain", "percent", "random", "accents", "cjk")}
PASSPHRASE = {"passphrase": "pass-phrase-of-the-canaries"}


@pytest.fixture
def loopi(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "home")


def import_(loopi: Cli, source: str, text: str) -> list[str]:
    """Take it over, and give the ids of the automations."""
    file = loopi.home.parent / f"import-{source}"
    file.write_text(text, encoding="utf-8")
    done = loopi("--debug", "import", source, str(file), "--json")
    assert done.code == 0, done.err[-2000:]
    ids: list[str] = done.json["automations"]
    return ids


def test_a_curl_command_is_taken_over_run_and_copied(loopi: Cli, server: EchoServer) -> None:
    secrets = {name: SIMPLE[name] for name in ("plain", "random")}
    command = (
        f"curl '{server.url}/echo?n=1' -H 'Authorization: Bearer {secrets['plain']}' "
        f"-H 'X-Api-Key: {secrets['random']}' -d 'a=b'"
    )
    (automation,) = import_(loopi, "curl", command)
    assert loopi("--debug", "run", automation, "--json").code == 0
    assert server.requests[0].header("X-Api-Key") == secrets["random"]
    assert loopi("curl", automation, "request").code == 0
    assert findings(loopi, secrets) == []


def test_a_command_that_cannot_be_read_is_not_repeated(loopi: Cli) -> None:
    for text in (f"wget -H 'Authorization: Bearer {SIMPLE['plain']}'", f"curl 'http://h/ {SIMPLE['plain']}"):
        assert loopi("--debug", "import", "curl", stdin=text).code != 0
    assert findings(loopi, SIMPLE) == []


def test_the_variables_of_a_file_go_into_the_vault(loopi: Cli) -> None:
    lines = [f"{name.upper()}_SERVICE_API_KEY='{secret}'" for name, secret in SIMPLE.items()]
    import_(loopi, "dotenv", "\n".join(lines))
    assert len(loopi("credentials", "list", "--json").json) == len(SIMPLE)
    assert findings(loopi, SIMPLE) == []


def test_what_n8n_exported_goes_into_the_vault(loopi: Cli) -> None:
    exported = [
        {"name": name, "type": "httpBasicAuth", "data": {"user": "ada", "password": secret}}
        for name, secret in SECRETS.items()
    ]
    import_(loopi, "n8n", json.dumps(exported))
    assert len(loopi("credentials", "list", "--json").json) == len(SECRETS)
    assert findings(loopi, SECRETS) == []


def test_the_vault_of_the_electron_app_comes_over_sealed(loopi: Cli) -> None:
    times = {"createdAt": "2025-01-01T00:00:00.000Z", "updatedAt": "2025-01-01T00:00:00.000Z"}
    records = [
        {"id": f"{number:032x}", "name": name, "type": "custom", **times, "data": {"key": secret}}
        for number, (name, secret) in enumerate(SECRETS.items())
    ]
    import_(loopi, "loopi", sealed(json.dumps(records).encode()))
    assert len(loopi("credentials", "list", "--json").json) == len(SECRETS)
    assert findings(loopi, SECRETS) == []


def test_a_bundle_goes_out_and_comes_in_sealed(loopi: Cli) -> None:
    loopi.add("Canaries", SECRETS, type_id="custom")
    file, given = str(loopi.home / "moving.loopi"), "--bundle-passphrase-stdin"
    for verb in (("export", file, "--all"), ("import", file)):
        done = loopi("--debug", "bundle", *verb, given, stdin=PASSPHRASE["passphrase"])
        assert done.code == 0, done.err
    loopi("--debug", "bundle", "import", file, given, stdin=PASSPHRASE["passphrase"] + "x")
    assert findings(loopi, {**SECRETS, **PASSPHRASE}) == []


def test_a_credential_is_tried_and_its_service_repeats_it(loopi: Cli, server: EchoServer) -> None:
    secret = SIMPLE["random"]
    refusal = json_reply({"message": f"Bad key {secret}"}, 401)
    loopi.add("Mine", {"apiKey": secret, "apiUrl": server.reply("/v1/", refusal)})
    loopi("--debug", "credentials", "test", "Mine", "--json")
    loopi("credentials", "show", "Mine", "--json")
    assert len(server.requests) == 1
    assert findings(loopi, {"key": secret}) == []


def calls(server: EchoServer) -> list[dict[str, object]]:
    call = {"type": "apiCall", "method": "GET", "credentialId": "Mine"}
    headers = {"X-Key": "{{credentials.apiKey}}"}
    return [
        {**call, "id": "first", "url": f"{server.url}/echo", "headers": headers, "storeKey": "x"},
        {**call, "id": "held", "url": f"{server.url}/held", "headers": headers},
        {"id": "end", "type": "setVariable", "variableName": "y", "value": "{{x}}"},
    ]


def test_a_run_that_was_killed_goes_on_and_is_exported(loopi: Cli, server: EchoServer) -> None:
    secret, gate = SIMPLE["random"], server.gate()
    host = server.url.removeprefix("http://")
    loopi.add("Mine", {"apiKey": secret, "apiUrl": server.url}, "--allow-host", host)
    server.reply("/held", held(gate), json_reply({"again": secret}))
    loopi("automations", "import", loopi.file("canaries", *calls(server)))
    command = loopi.command("--debug", "run", "canaries", "--json")
    with subprocess.Popen(command, env=loopi.environ(), stdout=subprocess.PIPE, text=True) as going:
        assert going.stdout is not None
        told = [going.stdout.readline()]
        while "/held" not in told[-1]:
            told.append(going.stdout.readline())
        going.kill()
    gate.set()
    loopi.printed += told
    run_id = str(json.loads(told[0])["run_id"])
    resumed = loopi("--debug", "resume", run_id, "--json")
    assert resumed.code == 0, resumed.err[-2000:]
    assert secret == server.seen("/held")[-1].header("X-Key")
    loopi("history", "show", run_id)
    assert loopi("history", "export", run_id).code == 0
    assert findings(loopi, {"key": secret}) == []


def test_the_daemon_runs_by_a_schedule_and_tells_no_secret(loopi: Cli, server: EchoServer) -> None:
    secret = SIMPLE["random"]
    loopi.add("Mine", {"apiKey": secret, "apiUrl": server.url})
    server.reply("/held", json_reply({"message": f"no {secret}"}, 500))
    loopi("automations", "import", loopi.file("canaries", *calls(server)))
    loopi("schedule", "add", "canaries", "--on-start")
    process = subprocess.Popen(
        loopi.command("--debug", "daemon"),
        env={**loopi.environ(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    told = [process.stdout.readline(), process.stdout.readline()]
    process.send_signal(signal.SIGINT)
    loopi.printed += [*told, *process.communicate(timeout=30)]
    assert "Canaries failed" in "".join(loopi.printed)
    assert [seen.header("X-Key") for seen in server.requests] == [secret, secret]
    assert findings(loopi, {"key": secret}) == []
