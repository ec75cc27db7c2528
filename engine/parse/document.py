"""From a JSON document to an Automation: every problem at once, each with its path. Touches no file."""

import hashlib
import json
from collections.abc import Mapping
from typing import cast

from engine.model import Automation, Json, Retry, Step, located
from engine.parse.book import StepBook
from engine.parse.field import unfilled_names, variable_problems
from engine.parse.names import unknown_names
from engine.parse.problem import InvalidAutomation, Problem
from engine.parse.reading import COMMON, Block, Draft, Reading, inline_keys
from engine.secrets import Secret
from engine.steps.action import Action
from engine.steps.registry import STEPS

FORMAT = "loopi-automation/1"


def parse(document: object, *, book: StepBook) -> Automation:
    """The automation that a document describes. Raises InvalidAutomation with all its problems."""
    if isinstance(document, Mapping) and isinstance(found := document.get("format"), str) and found != FORMAT:
        raise InvalidAutomation([Problem("format", f"is {found[:60]!r}; this version reads {FORMAT!r}")])
    reading = Reading(book)
    reading.add_all("", book.automation_problems(document))
    if not isinstance(document, Mapping) or not isinstance(document.get("steps"), list):
        raise InvalidAutomation(reading.problems)
    reading.add_all("", variable_problems(document.get("variables")))
    top = Block(document["steps"], "steps")
    reading.read(top)
    if reading.problems:
        raise InvalidAutomation(reading.problems)
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    content_hash = hashlib.sha256(canonical.encode()).hexdigest()
    return Automation(
        id=document.get("id") or content_hash[:32],
        name=document["name"],
        steps=_built(top),
        variables=document.get("variables", {}),
        description=document.get("description", ""),
        content_hash=content_hash,
    )


def warnings(automation: Automation) -> tuple[Problem, ...]:
    """What may go wrong in an automation that can be run: each with the path of its step."""
    found: list[Problem] = []
    for path, step in located(automation.steps):
        kind = STEPS[step.type]
        if isinstance(kind, Action):
            found += [Problem(path, message) for message in kind.warn(step.params)]
        for name in unfilled_names(step.params):
            found.append(Problem(f"{path}.{name}", "is a name, and placeholders in names are not filled"))
        if step.inline:
            message = "holds keys in plain text; store them: loopi automations import FILE"
            found.append(Problem(path, message))
    return (*found, *unknown_names(automation))


def _built(top: Block) -> tuple[Step, ...]:
    """The steps of a block, the innermost blocks first, without recursion."""
    order, waiting = [], [top]
    while waiting:
        block = waiting.pop()
        order.append(block)
        waiting.extend(inner for draft in block.drafts for inner in draft.blocks.values())
    done: dict[int, tuple[Step, ...]] = {}
    for block in reversed(order):
        done[id(block)] = tuple(_step(draft, done) for draft in block.drafts)
    return done[id(top)]


def _step(draft: Draft, done: Mapping[int, tuple[Step, ...]]) -> Step:
    document = draft.document
    inline = inline_keys(draft.kind)
    apart = {*COMMON, *inline, *draft.blocks}
    return Step(
        id=str(document["id"]),
        type=draft.kind.type,
        params={key: value for key, value in document.items() if key not in apart},
        blocks={name: done[id(block)] for name, block in draft.blocks.items()},
        description=str(document.get("description", "")),
        credential=cast("str | None", document.get("credentialId")),
        store_key=cast("str | None", document.get("storeKey")),
        on_error="continue" if document.get("onError") == "continue" else "stop",
        retry=_retry(cast("Mapping[str, Json]", document.get("retry", {}))),
        is_disabled=document.get("disabled") is True,
        inline={key: Secret(str(document[key])) for key in inline if document.get(key)},
    )


def _retry(document: Mapping[str, Json]) -> Retry:
    usual = Retry()
    return Retry(
        attempts=cast("int", document.get("attempts", usual.attempts)),
        delay_s=cast("float", document.get("delaySeconds", usual.delay_s)),
        backoff=cast("float", document.get("backoff", usual.backoff)),
        even_if_sent=document.get("evenIfSent") is True,
        max_wait_s=cast("float | None", document.get("maxWaitSeconds")),
    )
