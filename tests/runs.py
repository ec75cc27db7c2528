"""Runs for tests: an automation of steps, and a journal in which one was interrupted."""

import json
import time
from collections.abc import Mapping

from backend import resources
from backend.runs.journal import Journal
from engine.events import Event, Fact, RunStarted
from engine.model import Automation
from engine.parse.book import StepBook
from engine.parse.document import parse
from engine.steps.registry import STEPS


def automation(*steps: Mapping[str, object], **fields: object) -> Automation:
    book = StepBook(
        resources.schema("automation"), {name: resources.schema(f"steps/{name}") for name in STEPS}
    )
    return parse({"format": "loopi-automation/1", "name": "Test", "steps": list(steps), **fields}, book=book)


def call(step_id: str, url: str, **more: object) -> dict[str, object]:
    return {"id": step_id, "type": "apiCall", "method": "GET", "url": url, **more}


def interrupted(journal: Journal, of: Automation, *told: tuple[str, Fact], run_id: str = "r") -> None:
    """Keep a run that told this after its start, and then no more."""
    started = RunStarted(of.id, of.name, of.content_hash, of.variables)
    for seq, (path, fact) in enumerate([("", started), *told]):
        event = Event(run_id, seq, time.time(), path, fact)
        journal.write(event, json.dumps(event.to_json()))
