"""Runs the command line with canary secrets through success, failure and Ctrl-C, then searches everything.

Every file under `<userData>` and every line of output is searched for every form of every secret.
"""

import json
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from canary import CANARIES, base64_texts, text_forms
from drive.leak import OVERLAPPING, SECRETS, findings
from servers.command_line import Cli
from servers.echo import EchoServer, json_reply
from servers.loopback import Reply, Seen
from servers.oauth1 import Account
from servers.x_api import XServer

IN_HEADERS = ("plain", "quotes", "percent", "random", "reserved", "overlap_left")


@pytest.fixture
def loopi(tmp_path: Path) -> Cli:
    return Cli(tmp_path / "home")


def written(tmp_path: Path, steps: Sequence[Mapping[str, object]]) -> str:
    file = tmp_path / "automation.json"
    file.write_text(json.dumps({"format": "loopi-automation/1", "name": "Canaries", "steps": list(steps)}))
    return str(file)


def add_canaries(loopi: Cli, server: EchoServer) -> None:
    """Save every secret in one credential that may go to `server` alone."""
    host = server.url.removeprefix("http://")
    loopi.add("Canaries", SECRETS, "--allow-host", host, type_id="custom")


def step(step_id: str, url: str, **more: object) -> dict[str, object]:
    return {
        "id": step_id,
        "type": "apiCall",
        "method": "GET",
        "url": url,
        "credentialId": "Canaries",
        "onError": "continue",
        "storeKey": f"from_{step_id}",
        **more,
    }


def all_forms(_seen: Seen | None = None) -> list[str]:
    forms = [
        form for secret in SECRETS.values() for form in (*sorted(text_forms(secret)), *base64_texts(secret))
    ]
    return [*forms, OVERLAPPING["overlap_left"][:9] + OVERLAPPING["overlap_right"]]


def adverse_steps(server: EchoServer, other: EchoServer) -> list[dict[str, object]]:
    """One step for each way a secret might get out. `server` is allowed, `other` is not."""
    body = {"json": {name: f"{{{{credentials.{name}}}}}" for name in SECRETS}}
    query = "&".join(f"{name}={{{{credentials.{name}}}}}" for name in SECRETS)
    headers = {f"X-Canary-{name.replace('_', '-')}": f"{{{{credentials.{name}}}}}" for name in IN_HEADERS}
    page = "<p>" + "</p><p>".join(all_forms()) + "</p>"
    server.reply("/forms", json_reply({"echo": all_forms(), **dict.fromkeys(all_forms()[:50], 1)}))
    server.reply("/failed", json_reply({"message": " ".join(all_forms()[:400])}, 500))
    server.reply("/page", Reply(502, page.encode("utf-8", "replace"), (("Content-Type", "text/html"),)))
    server.reply("/named", Reply(200, b"{}", tuple((f"X-Echo-{name}", SECRETS[name]) for name in IN_HEADERS)))
    server.reply(
        "/moved", lambda seen: Reply(302, headers=(("Location", f"/echo?{seen.target.partition('?')[2]}"),))
    )
    server.reply(
        "/away",
        lambda seen: Reply(302, headers=(("Location", f"{other.url}/x?{seen.target.partition('?')[2]}"),)),
    )
    server.reply("/dropped", Reply(is_dropped=True))
    url = server.url
    return [
        step("echoed", f"{url}/echo?{query}", method="POST", body=body, headers=headers),
        step("copied", f"{url}/echo", method="POST", body={"json": {"again": "{{from_echoed}}"}}),
        step("forms", f"{url}/forms?{query}"),
        step("failed", f"{url}/failed?{query}"),
        step("page", f"{url}/page?{query}"),
        step("named", f"{url}/named?{query}"),
        step("moved", f"{url}/moved?{query}"),
        step("away", f"{url}/away?{query}"),
        step("dropped", f"{url}/dropped?{query}"),
        step("form", f"{url}/echo", method="POST", body={"form": {"a": "{{credentials.lines}}"}}),
        step("text", f"{url}/echo", method="POST", body={"text": "{{ credentials.lines | base64 }}"}),
        step("broken_header", f"{url}/echo", headers={"X-A": "{{credentials.lines}}"}),
        step("broken_url", "{{credentials.plain}}://{{credentials.url}}/"),
        step("secret_host", "https://{{credentials.plain}}.example.invalid/"),
    ]


@pytest.mark.parametrize("options", [("--json",), ()], ids=["json", "plain"])
def test_no_form_of_any_secret_is_in_any_file_or_output(
    loopi: Cli, server: EchoServer, tmp_path: Path, options: tuple[str, ...]
) -> None:
    add_canaries(loopi, server)
    with EchoServer() as other:
        ended = loopi("--debug", "run", written(tmp_path, adverse_steps(server, other)), *options)
        assert other.requests == []
    assert ended.code == 0, ended.err[-2000:]
    assert json.loads(server.seen("/echo")[0].body) == SECRETS
    loopi("credentials", "list", *options)
    loopi("credentials", "show", "Canaries", *options)
    assert findings(loopi, SECRETS) == []


def test_nothing_is_left_behind_by_ctrl_c_in_the_middle_of_an_answer(
    loopi: Cli, server: EchoServer, tmp_path: Path
) -> None:
    add_canaries(loopi, server)
    never = threading.Event()
    arrived = threading.Event()

    def hold(_seen: Seen) -> Reply:
        arrived.set()
        return Reply(gate=never)

    server.reply("/slow", hold)
    file = written(tmp_path, [step("slow", f"{server.url}/slow?k={{{{credentials.lines}}}}")])
    process = subprocess.Popen(
        loopi.command("--debug", "run", file),
        env=loopi.environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert arrived.wait(30)
    process.send_signal(signal.SIGINT)
    loopi.printed += [output.decode() for output in process.communicate(timeout=30)]
    never.set()
    assert process.returncode == 130
    assert findings(loopi, SECRETS) == []


@pytest.mark.parametrize("is_welcome", [True, False], ids=["known", "refused"])
def test_the_keys_of_an_x_account_leave_no_trace(loopi: Cli, tmp_path: Path, *, is_welcome: bool) -> None:
    keys = {
        name: f"{name}-{CANARIES['random'][:30]}"
        for name in ("apiKey", "apiSecret", "accessToken", "accessSecret")
    }
    account = Account(*keys.values())
    steps = [
        {
            "id": "look",
            "type": "twitterSearchUser",
            "credentialId": "X",
            "username": "@loopi_test",
            "onError": "continue",
        },
        {
            "id": "post",
            "type": "twitterCreateTweet",
            "credentialId": "X",
            "text": "hello",
            "onError": "continue",
        },
        {
            "id": "find",
            "type": "twitterSearchTweets",
            "credentialId": "X",
            "searchQuery": "hello",
            "onError": "continue",
        },
    ]
    with XServer(accounts=(account,) if is_welcome else ()) as server:
        loopi.add("X", keys, type_id="twitter")
        file = written(tmp_path, steps)
        assert loopi("--debug", "run", file, "--json", environ={"LOOPI_X_BASE_URL": server.url}).code == 0
        assert len(server.requests) == 3
    assert findings(loopi, keys) == []


def test_keys_in_line_in_a_file_from_elsewhere_leave_no_trace(loopi: Cli, tmp_path: Path) -> None:
    keys = {
        name: f"{name}-{CANARIES['quotes']}"
        for name in ("apiKey", "apiSecret", "accessToken", "accessSecret")
    }
    steps = [{"id": "look", "type": "twitterSearchUser", "username": "loopi_test", **keys}]
    with XServer(accounts=(Account(*keys.values()),)) as server:
        file = written(tmp_path, steps)
        ended = loopi("--debug", "run", file, environ={"LOOPI_X_BASE_URL": server.url})
        assert ended.code == 0, ended.err[-2000:]
        assert loopi("automations", "import", file).code == 0
    assert findings(loopi, keys) == []


def test_the_search_itself_finds_what_it_looks_for(loopi: Cli) -> None:
    loopi.home.mkdir()
    (loopi.home / "leaky.log").write_text(f"key={SECRETS['plain']}")
    assert any("leaky.log" in finding for finding in findings(loopi, SECRETS))
