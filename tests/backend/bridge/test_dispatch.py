"""Every method of the table: it has a handler, its answer fits the contract, and it gives no secret away."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from backend.bridge.contract import METHODS
from backend.bridge.desk import Desk
from backend.bridge.dispatch import HANDLERS, Dispatch
from canary import CANARIES, traces
from engine.errors import LoopiError
from servers.browser import Browser
from servers.echo import EchoServer

SECRETS = {name: secret for name, secret in CANARIES.items() if name not in {"shortest", "surrogate"}}
STEP = {"id": "one", "type": "setVariable", "variableName": "x", "value": "1"}
# What takes away what the others need. With an open vault, all but these come before it is locked.
LAST = [
    "schedules.delete",
    "automations.delete",
    "history.delete",
    *("vault.status", "vault.setPassphrase", "vault.lock", "vault.unlock", "vault.removePassphrase"),
    *("vault.restore", "vault.startAnew"),
]
# what has no good answer in the state of the test
REFUSED = {
    "runs.resume": "run.is_over",
    "runs.continue": "run.not_paused",
}
DAILY = {"kind": "cron", "expression": "30 2 * * *", "zone": "Europe/Berlin"}
DOCUMENT = {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [STEP]}


def test_each_method_has_a_handler_and_each_handler_a_method() -> None:
    assert HANDLERS.keys() == METHODS.keys()


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if not method.is_open])
def test_while_the_vault_is_locked_a_method_says_so(desk: Desk, name: str) -> None:
    desk.was_locked = True
    wanted: dict[str, dict[str, object]] = {
        "bundle.export": {"passphrase": "x"},
        "bundle.import": {"passphrase": "x", "content": "x"},
        "credentials.update": {"id": "x", "version": 1},
        "credentials.delete": {"id": "x", "version": 1},
        "credentials.create": {"type": "x", "name": "x", "fields": {}},
        "vault.setPassphrase": {"new": "x"},
        "vault.removePassphrase": {"current": "x"},
        "runs.start": {"automationId": "x"},
        "steps.preview": {"step": {}, "values": {}},
        "steps.tweetLength": {"text": "x"},
        "automations.save": {"document": {}},
        "automations.check": {"document": {}},
        "automations.import": {"text": "x"},
        "automations.importCurl": {"text": "x"},
        "automations.curl": {"id": "x", "stepId": "x"},
        "steps.fromCurl": {"text": "x"},
        "imports.read": {"source": "x", "texts": ["x"]},
        "automations.create": {"name": "x"},
        "automations.addExample": {"name": "x"},
        "schedules.create": {"automationId": "x", "trigger": {"kind": "programStart"}, "options": {}},
        "schedules.update": {"id": "x", "trigger": {"kind": "programStart"}, "options": {}},
        "schedules.times": {"kind": "programStart"},
    }
    refusals = {
        code_of(desk, name, wanted.get(name) or WINDOW.get(name) or guess)
        for guess in ({}, {"id": "x"}, {"runId": "x"})
    }
    assert "vault.locked" in refusals
    assert refusals <= {"vault.locked", "bridge.bad_params"}


# the window's, of which there is none here
WINDOW: Mapping[str, dict[str, object]] = {
    "window.follow": {"title": "x", "view": "/x", "isDark": True},
    "window.close": {"shouldClose": False},
    "dialogs.saveFile": {"fileName": "x", "content": ""},
}


BUNDLE: dict[str, object] = {"passphrase": SECRETS["accents"], "everything": True}


def code_of(desk: Desk, name: str, params: Mapping[str, object]) -> str:
    with pytest.raises(LoopiError) as caught:
        Dispatch(desk)(name, params)
    return caught.value.code


def params_of(name: str, known: dict[str, Any]) -> dict[str, Any]:
    """Valid parameters of every method, in the state that `known` tells of."""
    entry, run = known["entry"], {"runId": known["run"]}
    table: dict[str, dict[str, Any]] = {
        "settings.update": {"theme": "dark", "maxRedirects": 3},
        "vault.unlock": {"passphrase": SECRETS["accents"]},
        "vault.setPassphrase": {"new": SECRETS["accents"]},
        "vault.removePassphrase": {"current": SECRETS["accents"]},
        "vault.restoreCopy": {"content": known["copy"]},
        "bundle.export": BUNDLE,
        "bundle.import": {"passphrase": BUNDLE["passphrase"], "content": known["bundle"]},
        "credentials.get": {"id": entry["id"]},
        "credentials.test": {"id": entry["id"]},
        "credentials.usage": {"id": entry["id"]},
        "credentials.create": {"type": "custom", "name": "Second", "fields": {"k": SECRETS["quotes"]}},
        "credentials.update": {
            "id": entry["id"],
            "version": entry["version"],
            "changes": {"plain": {"op": "set", "value": SECRETS["random"]}, "cjk": {"op": "clear"}},
        },
        "credentials.delete": {"id": entry["id"], "version": entry["version"] + 1},
        "credentials.restore": {"id": entry["id"]},
        "credentials.private": {"id": "a1"},
        "steps.tweetLength": {"text": "x"},
        "steps.preview": {"step": call_with(entry), "values": {}},
        **{f"automations.{verb}": {"id": "a1"} for verb in ("get", "duplicate", "delete", "export")},
        "automations.save": {"document": DOCUMENT},
        "automations.create": {"name": "New"},
        "automations.import": {"text": known["text"]},
        "automations.importCurl": {"text": f"curl https://api.example.com/ -H 'X-Key: {SECRETS['plain']}'"},
        **OF_IMPORTS,
        "automations.curl": {"id": "a3", "stepId": "c"},
        "automations.check": {"document": DOCUMENT},
        "automations.addExample": {"name": "morning-weather"},
        **of_schedules(known["schedule"]),
        "runs.start": {"automationId": "a1"},
        **{f"runs.{verb}": run for verb in ("stop", "events", "resume", "doubts", "replay", "continue")},
        **{f"history.{verb}": run for verb in ("get", "delete", "export")},
    }
    return WINDOW.get(name) or table.get(name, {})


def of_schedules(made: str) -> dict[str, dict[str, Any]]:
    return {
        **{f"schedules.{verb}": {"id": made} for verb in ("delete", "enable", "disable")},
        "schedules.create": {"automationId": "a1", "trigger": DAILY, "options": {}},
        "schedules.update": {"id": made, "trigger": DAILY, "options": {"overlap": "queue"}},
        "schedules.times": DAILY,
    }


OF_IMPORTS: Mapping[str, dict[str, Any]] = {
    "steps.fromCurl": {"text": f"curl https://api.example.com/ -H 'X-Key: {SECRETS['plain']}'"},
    "imports.read": {
        "source": "dotenv",
        "texts": [f"SERVICE_API_KEY={SECRETS['plain']}"],
        "password": SECRETS["url"],
    },
}


def call_with(entry: Mapping[str, Any]) -> dict[str, object]:
    """A step that puts every field of the credential everywhere."""
    texts = {key: f"{{{{ credentials.{key} }}}}" for key in entry["fields"] if key != "lines"}
    url, body = "https://api.example.com/", {"json": texts}
    call = {"id": "c", "type": "apiCall", "method": "POST", "url": url, "query": texts, "body": body}
    return {**call, "credentialId": entry["id"]}


def inline(folder: Path) -> str:
    """A file that was put there by hand, with keys in plain text."""
    keys = {
        "apiKey": SECRETS["plain"],
        "apiSecret": SECRETS["url"],
        "accessToken": f"12345-{SECRETS['plain']}",
        "accessSecret": SECRETS["reserved"],
    }
    text = json.dumps(
        {**DOCUMENT, "id": "a2", "steps": [{**keys, "id": "u", "type": "twitterSearchUser", "username": "a"}]}
    )
    (folder / "a2.json").write_text(text, encoding="utf-8")
    return text


def run_with_secrets(browser: Browser, server: EchoServer) -> str:
    """A run that sends secrets to a service which repeats them; its id."""
    call = {"id": "call", "type": "apiCall", "credentialId": "First", "method": "POST"}
    sent = {name: f"{{{{credentials.{name}}}}}" for name in ("plain", "random", "accents", "cjk")}
    url = f"{server.url}/repeats?k={sent['plain']}"
    step = {**call, "url": url, "body": {"json": sent}, "storeKey": "answer"}
    browser.call("automations.save", {"document": {**DOCUMENT, "steps": [step, STEP]}})
    run: str = browser.call("runs.start", {"automationId": "a1"})["runId"]
    going = browser.serving.desk.app.runs.find(run)
    assert going is None or going.wait(20)
    return run


def test_no_answer_of_any_method_holds_a_secret(browser: Browser, server: EchoServer) -> None:
    app = browser.serving.desk.app
    fields = {name.replace(" ", "_"): secret for name, secret in SECRETS.items()}
    created = browser.call("credentials.create", {"type": "custom", "name": "First", "fields": fields})
    text = inline(app.places.automations)
    browser.call("automations.get", {"id": "a2"})
    run = run_with_secrets(browser, server)
    assert SECRETS["plain"] in server.seen("/repeats")[0].target
    made = browser.call("schedules.create", {"automationId": "a1", "trigger": DAILY, "options": {}})
    calls = {**DOCUMENT, "id": "a3", "name": "Calls", "steps": [call_with(created["entry"])]}
    browser.call("automations.save", {"document": calls})
    known = {
        "entry": created["entry"],
        "run": run,
        "text": text,
        "schedule": made["id"],
        "bundle": browser.call("bundle.export", BUNDLE)["content"],
        "copy": browser.call("vault.copy")["content"],
    }
    order = sorted(METHODS, key=lambda name: (name in LAST, LAST.index(name) if name in LAST else 0))
    replies = {name: browser.post(name, params_of(name, known)).json() for name in order}
    refused = {name: reply["error"]["code"] for name, reply in replies.items() if not reply["ok"]}
    assert refused.pop("dialogs.saveFile") == "window.none"
    assert refused == REFUSED, "A new method needs its line in params_of."
    everything = b"\n".join(browser.seen)
    assert [
        name for name, secret in SECRETS.items() if any(trace in everything for trace in traces(secret))
    ] == []
    assert b'"ok":true' in everything


def test_the_search_finds_a_secret_that_is_there() -> None:
    assert any(trace in b'{"value":"s3cr3tCanaryValue"}' for trace in traces(SECRETS["plain"]))
