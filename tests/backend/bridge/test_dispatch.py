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

SECRETS = {name: secret for name, secret in CANARIES.items() if name not in {"shortest", "surrogate"}}
STEP = {"id": "one", "type": "setVariable", "variableName": "x", "value": "1"}
DOCUMENT = {"format": "loopi-automation/1", "id": "a1", "name": "Mine", "steps": [STEP]}


def test_each_method_has_a_handler_and_each_handler_a_method() -> None:
    assert HANDLERS.keys() == METHODS.keys()


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if not method.is_open])
def test_while_the_vault_is_locked_a_method_says_so(desk: Desk, name: str) -> None:
    desk.was_locked = True
    wanted: dict[str, dict[str, object]] = {
        "credentials.update": {"id": "x", "version": 1},
        "credentials.delete": {"id": "x", "version": 1},
        "credentials.create": {"type": "x", "name": "x", "fields": {}},
        "vault.setPassphrase": {"new": "x"},
        "vault.removePassphrase": {"current": "x"},
        "runs.start": {"automationId": "x"},
        "automations.save": {"document": {}},
        "automations.check": {"document": {}},
        "automations.import": {"text": "x"},
        "automations.create": {"name": "x"},
        "automations.addExample": {"name": "x"},
    }
    refusals = {code_of(desk, name, wanted.get(name) or guess) for guess in ({}, {"id": "x"}, {"runId": "x"})}
    assert "vault.locked" in refusals
    assert refusals <= {"vault.locked", "bridge.bad_params"}


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
        "credentials.get": {"id": entry["id"]},
        "credentials.usage": {"id": entry["id"]},
        "credentials.create": {"type": "custom", "name": "Second", "fields": {"k": SECRETS["quotes"]}},
        "credentials.update": {
            "id": entry["id"],
            "version": entry["version"],
            "changes": {"plain": {"op": "set", "value": SECRETS["random"]}, "cjk": {"op": "clear"}},
        },
        "credentials.delete": {"id": entry["id"], "version": entry["version"] + 1},
        "credentials.restore": {"id": entry["id"]},
        "automations.get": {"id": "a1"},
        "automations.save": {"document": DOCUMENT},
        "automations.create": {"name": "New"},
        "automations.duplicate": {"id": "a1"},
        "automations.delete": {"id": "a1"},
        "automations.import": {"text": known["text"]},
        "automations.export": {"id": "a1"},
        "automations.check": {"document": DOCUMENT},
        "automations.addExample": {"name": "morning-weather"},
        "runs.start": {"automationId": "a1"},
        "runs.stop": run,
        "runs.events": run,
        "history.delete": run,
    }
    return table.get(name, {})


def inline(folder: Path) -> str:
    """A file that was put there by hand, with keys in plain text."""
    keys = {"apiKey": SECRETS["plain"], "apiSecret": SECRETS["url"]}
    text = json.dumps(
        {**DOCUMENT, "id": "a2", "steps": [{**keys, "id": "u", "type": "twitterSearchUser", "username": "a"}]}
    )
    (folder / "a2.json").write_text(text, encoding="utf-8")
    return text


def test_no_answer_of_any_method_holds_a_secret(browser: Browser) -> None:
    app = browser.serving.desk.app
    fields = {name.replace(" ", "_"): secret for name, secret in SECRETS.items()}
    created = browser.call("credentials.create", {"type": "custom", "name": "First", "fields": fields})
    browser.call("automations.save", {"document": {**DOCUMENT, "steps": [{**STEP, "credentialId": "First"}]}})
    browser.call("automations.save", {"document": DOCUMENT})
    text = inline(app.places.automations)
    browser.call("automations.get", {"id": "a2"})
    run = browser.call("runs.start", {"automationId": "a1"})["runId"]
    if (going := browser.serving.desk.app.runs.find(run)) is not None:
        assert going.wait(20)
    known = {"entry": created["entry"], "run": run, "text": text}
    last = (
        "credentials.usage",
        "vault.unlock",
        "automations.delete",
        "history.delete",
        "vault.removePassphrase",
    )
    order = [
        *(name for name in METHODS if name not in last and name not in {"vault.restore", "vault.startAnew"})
    ]
    for name in [*order, *last, "vault.restore", "vault.startAnew"]:
        browser.post(name, params_of(name, known))
    everything = b"\n".join(browser.seen)
    assert [
        name for name, secret in SECRETS.items() if any(trace in everything for trace in traces(secret))
    ] == []
    assert b'"ok":true' in everything


def test_the_search_finds_a_secret_that_is_there() -> None:
    assert any(trace in b'{"value":"s3cr3tCanaryValue"}' for trace in traces(SECRETS["plain"]))
