"""What cannot be used is refused without being repeated: a text that was pasted may hold a key anywhere."""

import json
from base64 import b64encode
from typing import Any

import pytest

from backend.importers.source import SOURCES
from canary import CANARIES, traces
from servers.browser import Browser

SECRET = CANARIES["plain"]
STEP = {"id": "s", "type": "twitterSearchUser", "username": "a"}
DOCUMENT = {"format": "loopi-automation/1", "id": "a", "name": "A", "steps": [STEP]}
NASTY: dict[str, str] = {
    "plain": SECRET,
    "JSON that ends": '{"key": "' + SECRET,
    "a JSON text": json.dumps(SECRET),
    "a list": json.dumps([SECRET]),
    "an object": json.dumps({"key": SECRET, "values": SECRET, "data": SECRET, "nodes": SECRET}),
    "curl that ends": f"curl https://h/ -H 'X-Key: {SECRET}",
    "curl without a host": f"curl 'http:///{SECRET}'",
    "wget": f"wget -H 'X-Key: {SECRET}'",
    "a line": f"KEY {SECRET}",
    "a block": "vars {\n  " + SECRET,
    "a vault": json.dumps({"credentials": f"{'0' * 32}:{'1' * 64}", "key": SECRET}),
    "an odd vault": json.dumps({"credentials": SECRET}),
}
WRONG: dict[str, dict[str, Any]] = {
    "a list as key": {**DOCUMENT, "steps": [{**STEP, "apiKey": [SECRET]}]},
    "a key where none belongs": {**DOCUMENT, "steps": [{**STEP, "type": "wait", "apiSecret": SECRET}]},
    "a value of another kind": {**DOCUMENT, "steps": [{**STEP, "username": {"key": SECRET}}]},
    "an unknown type": {**DOCUMENT, "steps": [{**STEP, "type": "x", "password": SECRET}]},
    "variables": {**DOCUMENT, "variables": [SECRET]},
}


def told(browser: Browser) -> list[str]:
    seen = b"\n".join(browser.seen)
    return [trace.decode() for trace in traces(SECRET) if trace in seen]


@pytest.mark.parametrize("source", SOURCES)
def test_no_import_repeats_a_text_that_it_cannot_read(browser: Browser, source: str) -> None:
    for text in NASTY.values():
        params = {"source": source, "texts": [text], "password": SECRET}
        browser.post("imports.read", params)
        browser.post("imports.read", {**params, "texts": [text, text]})
    assert told(browser) == []


def test_no_other_way_in_repeats_it_either(browser: Browser) -> None:
    for text in NASTY.values():
        content = b64encode(text.encode()).decode()
        for name, params in (
            ("automations.importCurl", {"text": text}),
            ("steps.fromCurl", {"text": text}),
            ("automations.import", {"text": text}),
            ("bundle.import", {"content": content, "passphrase": SECRET}),
            ("bundle.import", {"content": text, "passphrase": SECRET}),
            ("bundle.export", {"passphrase": SECRET[:8], "automations": ["none"]}),
            ("vault.restoreCopy", {"content": content, "passphrase": SECRET}),
            ("vault.unlock", {"passphrase": SECRET}),
            ("credentials.create", {"type": "twitter", "name": "x", "fields": {"apiKey": SECRET}}),
        ):
            browser.post(name, params)
    assert told(browser) == []


@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_with_a_key_where_none_belongs_is_not_repeated_and_not_kept(
    browser: Browser, wrong: str
) -> None:
    reply = browser.post("automations.import", {"text": json.dumps(WRONG[wrong])}).json()
    folder = browser.serving.desk.app.places.automations
    assert told(browser) == []
    assert reply["ok"] is any(folder.iterdir())
    assert not any(SECRET in each.read_text("utf-8") for each in folder.iterdir())


@pytest.mark.parametrize(
    "params",
    [
        {"fileName": "../../.bashrc", "content": ""},
        {"fileName": "/etc/passwd", "content": ""},
        {"fileName": "a\\b", "content": ""},
        {"fileName": "", "content": ""},
        {"fileName": "..", "content": ""},
    ],
)
def test_a_file_is_offered_under_a_name_and_never_a_path(browser: Browser, params: dict[str, str]) -> None:
    assert browser.refused("dialogs.saveFile", params)["code"] == "bridge.bad_params"
