"""An automation of the Electron app, read into one of ours: its graph becomes a list of steps. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import cast

from backend.importers.imported import Imported, ImportFailed, NewSchedule, unique
from backend.importers.loopi_block import Block, Branch, Kind, Loop, Node, Plain, names_in
from backend.importers.loopi_data import Fields
from backend.importers.loopi_graph import structure
from backend.importers.loopi_secret import StepSecrets
from backend.importers.loopi_step import StepMaker, step_id
from backend.importers.loopi_template import EMPTY, Names, variable
from engine.model import Json

FORMAT = "loopi-automation/1"
MAX_TEXT = 16 * 1024 * 1024
_KINDS: Mapping[str, Kind] = {
    "variableConditional": "branch",
    "browserConditional": "branch",
    "forEach": "forEach",
}


def import_loopi(text: str) -> Imported:
    """One automation. Raises ImportFailed `import.…`; no message repeats the text."""
    return _Reading(_document(text)).imported()


def _document(text: str) -> Mapping[str, object]:
    hint = "Choose a file that the Electron app exported, or one of its folder .trees."
    if len(text) > MAX_TEXT:
        raise ImportFailed("import.too_large", "The file is larger than 16 MiB.", hint=hint)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise ImportFailed("import.no_loopi", "The file is not JSON text.", hint=hint) from None
    if not isinstance(document, dict) or not (_list(document.get("nodes")) or _list(document.get("steps"))):
        raise ImportFailed("import.no_loopi", "The file holds no automation: it has no nodes.", hint=hint)
    return document


class _Reading:
    """One document on its way."""

    def __init__(self, document: Mapping[str, object]) -> None:
        self._document = document
        self._steps = dict(_steps(document))
        self._nodes = _nodes(document, self._steps)
        self._maker = StepMaker(_names(document, self._steps))
        self._secrets = StepSecrets(self._maker.notes)

    def imported(self) -> Imported:
        found = structure(self._nodes)
        notes = self._maker.notes
        steps = self._blocks(found.blocks)
        notes += [
            f"The way from {self._called(start)} to {self._called(end)} was left out: it goes back where "
            "no loop can be, or leaves a loop early. Look at these steps before you run them."
            for start, end in found.lost
        ]
        placed = set(names_in(found.blocks))
        notes += [
            f"The step {self._called(name)} was left out: no way that a list of steps can have leads to it."
            for name in self._steps
            if name not in placed
        ]
        document: dict[str, Json] = {
            "format": FORMAT,
            "name": str(self._document.get("name") or "Imported automation")[:200],
            "description": str(self._document.get("description") or ""),
            "variables": self._variables(),
            "steps": steps,
        }
        return Imported((document,), self._secrets.credentials(), unique(notes), self._schedule())

    # ------------------------------------------------------------ blocks

    def _blocks(self, blocks: Sequence[Block]) -> list[Json]:
        made = (self._block(block) for block in blocks)
        return [step for step in made if step is not None]

    def _block(self, block: Block) -> Json:
        old = self._steps[block.node]
        match block:
            case Plain():
                return self._plain(block.node, old)
            case Branch():
                return self._branch(block, old)
            case Loop(kind="forEach"):
                return self._for_each(block, old)
            case Loop():
                return self._repeat(block, old)

    def _plain(self, name: str, old: Fields) -> Json:
        step = self._maker.make(name, old)
        if step is not None and step["type"] == "apiCall":
            self._secrets.take(step)
        return step

    def _branch(self, block: Branch, old: Fields) -> Json:
        fields: dict[str, Json] = {"then": self._blocks(block.then), "else": self._blocks(block.otherwise)}
        condition = self._maker.condition(old)
        if condition is not None:
            return self._maker.block(block.node, old, "if", {"condition": condition, **fields})
        self._maker.notes.append(
            f"{self._called(block.node)} asks what only a browser can answer. Its steps are kept in an If "
            "that is off: give it a condition."
        )
        never: Json = {"left": "", "operator": "isNotEmpty"}
        return self._maker.block(block.node, old, "if", {"disabled": True, "condition": never, **fields})

    def _for_each(self, block: Loop, old: Fields) -> Json:
        names = self._maker.names
        items = names.path(str(old.get("arrayVariable") or ""))
        fields: dict[str, Json] = {
            "items": f"{{{{{(items or 'items').replace(EMPTY, 'default([])')}}}}}",
            "itemVariable": variable(str(old.get("itemVariable") or "currentItem")),
            "indexVariable": variable(str(old.get("indexVariable") or "loopIndex")),
            "steps": self._blocks(block.body),
        }
        return self._maker.block(block.node, old, "forEach", fields)

    def _repeat(self, block: Loop, old: Fields) -> Json:
        condition = self._maker.condition(old)
        if condition is None:
            inside = ", ".join(self._called(name) for name in names_in(block.body))
            self._maker.notes.append(
                f"The loop at {self._called(block.node)} was left out: its end is for a browser to see."
                + (f" Left out with it: {inside}." if inside else "")
            )
            return None
        asked: Json = {"not": condition} if block.is_negated else condition
        return self._maker.block(
            block.node, old, "repeat", {block.kind: asked, "steps": self._blocks(block.body)}
        )

    def _called(self, name: str) -> str:
        old = self._steps.get(name, {})
        return f"“{str(old.get('description') or old.get('id') or name)[:80]}”"

    # ------------------------------------------------------------ the rest

    def _variables(self) -> dict[str, Json]:
        found = self._document.get("variables")
        return (
            {variable(str(key)): cast("Json", value) for key, value in found.items()}
            if isinstance(found, dict)
            else {}
        )

    def _schedule(self) -> tuple[NewSchedule, ...]:
        """What the app did by itself. Ours is off until its user turns it on."""
        found = self._document.get("schedule")
        if not isinstance(found, dict):
            return ()
        kinds = {"interval": "intervalMinutes", "cron": "expression", "once": "datetime"}
        key = kinds.get(str(found.get("type")))
        return (NewSchedule(str(found["type"]), str(found[key])),) if key and found.get(key) else ()


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []


def _steps(document: Mapping[str, object]) -> Iterator[tuple[str, Fields]]:
    """The step of each node by the node's id; a file without nodes has its steps in a list."""
    for index, node in enumerate(_list(document.get("nodes")) or _list(document.get("steps"))):
        if isinstance(node, dict):
            data = node.get("data")
            step = data.get("step") if isinstance(data, dict) else None
            found = step if isinstance(step, dict) else node
            kind = node.get("type") if node.get("type") in _KINDS else found.get("type")
            yield str(node.get("id") or f"step-{index + 1}"), {**found, "type": kind}


def _nodes(document: Mapping[str, object], steps: Mapping[str, Fields]) -> list[Node]:
    ways: dict[str, dict[str, dict[str, None]]] = {name: {} for name in steps}
    edges = [edge for edge in _list(document.get("edges")) if isinstance(edge, dict)]
    if not _list(document.get("nodes")):
        names = list(steps)
        edges = [{"source": one, "target": two} for one, two in pairwise(names)]
    for edge in edges:
        source, target = str(edge.get("source")), str(edge.get("target"))
        if source in ways and target in ways:
            ways[source].setdefault(str(edge.get("sourceHandle") or ""), {})[target] = None
    return [
        Node(
            name,
            _KINDS.get(str(step.get("type")), "step"),
            {way: tuple(to) for way, to in ways[name].items()},
        )
        for name, step in steps.items()
    ]


def _names(document: Mapping[str, object], steps: Mapping[str, Fields]) -> Names:
    """Every name that something sets, and where the answers of API calls are."""
    variables = document.get("variables")
    known = {variable(str(key)) for key in variables} if isinstance(variables, dict) else set()
    answers: dict[str, str] = {}
    for name, step in steps.items():
        keys = [step.get(key) for key in ("storeKey", "variableName", "itemVariable", "indexVariable")]
        if step.get("type") == "variableConditional":
            keys = []
        if step.get("type") == "forEach":
            keys += ["currentItem", "loopIndex"]
        known |= {variable(str(key)) for key in keys if key}
        if step.get("type") == "apiCall" and step.get("storeKey"):
            answers[variable(str(step["storeKey"]))] = step_id(str(step.get("id") or name))
    return Names(frozenset(known), answers)
