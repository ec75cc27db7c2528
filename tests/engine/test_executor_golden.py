"""Golden runs with real requests: what the events of a call say, to the letter.

A file holds an automation, what the service answers, and the events. HOST stands for its address.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from drive.check import assert_well_formed
from drive.run import BOOK, Driver
from engine.effects import StepCall, StepResult
from engine.events import Event
from engine.executor import Executor, snapshot
from engine.http.client import HttpClient
from engine.interpreter import interpret
from engine.parse.document import parse
from engine.ports import Credential, Settings, Signing
from engine.redact import Redactor
from engine.secrets import Secret
from engine.steps.action import RunResources
from servers.clock import WaitedClock
from servers.echo import EchoServer, json_reply
from servers.loopback import Reply
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import credential

GOLDEN = sorted((Path(__file__).parent / "golden" / "requests").glob("*.json"))
KEY = "key-of-the-golden-run"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
# what no two machines or moments share
VOLATILE = ("at", "run_id", "elapsed_s", "content_hash")
PASSING = {
    re.compile(r'"elapsedSeconds": [0-9.e-]+'): '"elapsedSeconds": 0',
    re.compile(r"boundary=[0-9a-f]+"): "boundary=B",
    re.compile(r'"x-rate-limit-reset": "[0-9]+"'): '"x-rate-limit-reset": "LATER"',
}


class NoIntents:
    """Keeps no record of what is done once: each run here begins anew."""

    def intend(self, path: str, attempt: int) -> None: ...

    def withdraw(self, path: str, attempt: int) -> None: ...


class Named:
    """The two credentials there are: Key for API calls, X for X."""

    def __init__(self, host: str) -> None:
        bearer = Signing("header", "Authorization", "Bearer {{credentials.apiKey}}")
        key = Credential("c1", "Key", "apiKey", {"apiKey": Secret(KEY)}, bearer, (host,))
        self._known = {"Key": key, "X": credential(Account())}

    def find(self, reference: str) -> Credential | None:
        return self._known.get(reference)


@contextmanager
def service(golden: Mapping[str, Any]) -> Iterator[str]:
    """The address of what the automation speaks to: X, or a server with these replies."""
    if "replies" not in golden:
        with XServer() as x:
            yield x.url
        return
    with EchoServer() as server:
        for path, answers in golden["replies"].items():
            server.reply(path, *(reply(each) for each in answers))
        yield server.url


def reply(answer: Mapping[str, Any] | None) -> Reply:
    """None: the connection ends without an answer."""
    if answer is None:
        return Reply(is_dropped=True)
    return json_reply(answer["json"], answer.get("status", 200), answer.get("headers"))


def events_of(golden: Mapping[str, Any], folder: Path) -> list[dict[str, Any]]:
    """What a run of the automation tells, without what differs from run to run."""
    (folder / "chart.png").write_bytes(PNG)
    with service(golden) as url:
        whole = parse(json.loads(json.dumps(golden["automation"]).replace("HOST", url)), book=BOOK)
        settings = replace(Settings(), x_base_url=url, files_folder=str(folder))
        found = snapshot(whole, Named(url.removeprefix("http://")), {})
        redactor = Redactor([secret for each in found.values() if each for secret in each.secrets()])
        with HttpClient(settings) as http:
            resources = RunResources(http, settings, WaitedClock(), redactor)
            driver = driven(Executor("r", resources, found, NoIntents()))
            driver.drive(interpret(whole, {}))
    assert_well_formed(driver.events)
    told = json.dumps([event.to_json() for event in driver.events]).replace(url, "HOST")
    assert KEY not in told
    for passing, standing in PASSING.items():
        told = passing.sub(standing, told)
    return [{key: value for key, value in each.items() if key not in VOLATILE} for each in json.loads(told)]


def driven(executor: Executor) -> Driver:
    """A driver whose world is the executor; what a call emits stands among the events."""

    def act(call: StepCall) -> StepResult:
        def emit(fact: Any) -> None:  # noqa: ANN401  # any fact
            driver.events.append(Event("r", len(driver.events), 0.0, call.path, fact))

        return executor.execute(call, emit, lambda: False)

    driver = Driver(act)
    return driver


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_a_golden_run_with_requests_gives_its_list_of_events(path: Path, tmp_path: Path) -> None:
    golden = json.loads(path.read_text("utf-8"))
    assert events_of(golden, tmp_path) == golden["events"]
