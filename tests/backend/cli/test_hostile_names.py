"""Names, descriptions and answers of strangers, through every command that shows them."""

import json
import re

import pytest

from servers.command_line import Cli
from servers.echo import EchoServer, json_reply

EVIL = "A\x1b]0;own\x07\x9b31m\u202egnp.exe\u2066\u2028\rB"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
# Run in this order: each uses what came before. RUN stands for the id of the run.
COMMANDS = (
    ("check", "FILE"),
    ("run", "FILE", "--dry-run"),
    ("run", "FILE"),
    ("automations", "import", "FILE"),
    ("automations", "list"),
    ("automations", "show", "evil"),
    ("run", "evil", "--var", "city=x"),
    ("history", "list"),
    ("history", "show", "RUN"),
    ("history", "export", "RUN"),
    ("replay", "RUN"),
    ("resume", "RUN"),
    ("curl", "evil", "ask"),
    ("schedule", "add", "evil", "--every", "1h"),
    ("schedule", "list"),
    ("run", EVIL),
    ("credentials", "show", EVIL),
    ("check", f"{EVIL}.json"),
    ("automations", "delete", "evil", "--yes"),
)


@pytest.fixture
def evil(cli: Cli, server: EchoServer) -> str:
    """The file of an automation whose every text steers, and whose service answers in kind."""
    refused = json_reply({"message": f"No {EVIL}!"}, 500)
    step = {
        "id": "ask",
        "type": "apiCall",
        "method": "POST",
        "url": server.reply("/x", refused),
        "description": EVIL,
        "body": {"text": EVIL},
        "onError": "continue",
    }
    told = {
        "id": "told",
        "type": "setVariable",
        "variableName": "told",
        "value": "{{steps.ask.error.message}}",
    }
    missing = {"id": "m", "type": "apiCall", "method": "GET", "url": "{{nothing}}", "credentialId": EVIL}
    path = cli.home.parent / "evil.json"
    base = {"format": "loopi-automation/1", "id": "evil", "name": EVIL, "description": EVIL}
    path.write_text(json.dumps({**base, "variables": {"city": EVIL}, "steps": [step, told, missing]}))
    return str(path)


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["plain", "json"])
def test_no_command_lets_a_name_steer_the_terminal(cli: Cli, evil: str, options: tuple[str, ...]) -> None:
    shown = ""
    for command in COMMANDS:
        run = newest(cli) if "RUN" in command else ""
        words = [{"FILE": evil, "RUN": run}.get(word, word) for word in command]
        ended = cli(*words, *options)
        assert not STEERING.search(ended.out + ended.err), (command, ended)
        shown += ended.out + ended.err
    assert r"\u202e" in shown


def newest(cli: Cli) -> str:
    return str(cli("history", "list", "--json").json[0]["runId"])
