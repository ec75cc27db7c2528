"""Goes through the steps of a document, block by block, and collects what is wrong. Touches no file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.model import INLINE_SECRETS, Json
from engine.parse.book import StepBook
from engine.parse.field import Kind, name_problems, pair_problems, template_problems
from engine.parse.problem import Problem
from engine.steps.action import Action
from engine.steps.flow import Flow
from engine.steps.registry import STEPS
from engine.template.operators import is_too_deep

MAX_NESTING = 200
# Loops inside loops multiply: more threads than this, and a machine does nothing else.
MAX_CONCURRENCY = 256
COMMON = ("id", "type", "description", "disabled", "onError", "retry", "storeKey", "credentialId")


@dataclass(slots=True)
class Block:
    """A list of steps on its way to being parsed; `drafts` receives them in order."""

    items: Sequence[object]
    path: str
    depth: int = 0
    concurrency: int = 1
    drafts: "list[Draft]" = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A step whose blocks are not parsed yet."""

    document: Mapping[str, Json]
    kind: Kind
    blocks: dict[str, Block] = field(default_factory=dict)


class Reading:
    """Goes through the blocks of a document and collects what is wrong."""

    def __init__(self, book: StepBook) -> None:
        self.book = book
        self.problems: list[Problem] = []
        self._ids: dict[str, str] = {}

    def add_all(self, path: str, found: Iterable[tuple[str, str]]) -> None:
        """Note what is wrong below a path."""
        for where, message in found:
            joined = f"{path}{where}" if where.startswith("[") or not where else f"{path}.{where}"
            self.problems.append(Problem(joined.lstrip("."), message))

    def read(self, top: Block) -> None:
        """Check every step, nested ones included; leaves the drafts of the blocks."""
        waiting = [top]
        while waiting:
            block = waiting.pop()
            if block.depth > MAX_NESTING:
                self._add(block.path, f"is nested more than {MAX_NESTING} deep")
                continue
            inner: list[Block] = []
            for index, item in enumerate(block.items):
                inner += self._read_item(item, f"{block.path}[{index}]", block)
            waiting.extend(reversed(inner))

    def _add(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, message))

    def _read_item(self, item: object, path: str, block: Block) -> list[Block]:
        if not isinstance(item, Mapping):
            self._add(path, "must be a step: an object with an id and a type")
            return []
        step_type = item.get("type")
        kind = STEPS.get(step_type) if isinstance(step_type, str) else None
        # A block takes the place of a common field of its name, as onError in a try.
        blocks = self.book.blocks(kind.type) if kind else ()
        common = {key: value for key, value in item.items() if key not in blocks}
        self.add_all(path, self.book.common_problems(common))
        if not isinstance(step_type, str):
            return []
        if kind is None:
            self._add(f"{path}.type", self.book.unknown_type(step_type))
            return []
        draft = Draft(item, kind)
        block.drafts.append(draft)
        self._check(draft, path)
        return self._enter(draft, path, block)

    def _check(self, draft: Draft, path: str) -> None:
        document, kind = draft.document, draft.kind
        self._check_id(document.get("id"), path)
        blocks = self.book.blocks(kind.type)
        common = {*COMMON, *inline_keys(kind)} - {*blocks}
        own = {key: value for key, value in document.items() if key not in common}
        values = {key: value for key, value in own.items() if key not in blocks}
        if is_too_deep(values):
            self._add(path, "has a value that is nested too deeply")
            return
        self.add_all(path, self.book.step_problems(kind.type, own))
        self.add_all(path, kind.check(own) if isinstance(kind, Flow) else ())
        self.add_all(path, name_problems(document))
        self.add_all(path, pair_problems(values))
        self.add_all(path, template_problems(values, kind))
        if "credentialId" in document and not isinstance(kind, Action):
            self._add(f"{path}.credentialId", "is not a field of this type of step: it makes no request")

    def _check_id(self, step_id: object, path: str) -> None:
        if isinstance(step_id, str):
            first = self._ids.setdefault(step_id, path)
            if first != path:
                self._add(f"{path}.id", f"is {step_id[:100]!r}, which {first} has already: each has its own")

    def _enter(self, draft: Draft, path: str, block: Block) -> list[Block]:
        rounds = draft.document.get("concurrency", 1)
        concurrency = block.concurrency * (rounds if isinstance(rounds, int) else 1)
        if concurrency > MAX_CONCURRENCY and concurrency > block.concurrency:
            message = f"makes, with the loops around it, more than {MAX_CONCURRENCY} rounds at the same time"
            self._add(f"{path}.concurrency", message)
        for name in self.book.blocks(draft.kind.type):
            items = draft.document.get(name)
            if isinstance(items, list):
                draft.blocks[name] = Block(items, f"{path}.{name}", block.depth + 1, concurrency)
        return list(draft.blocks.values())


def inline_keys(kind: Kind) -> tuple[str, ...]:
    """The fields in which a step of this kind may carry keys in plain text."""
    return INLINE_SECRETS if isinstance(kind, Action) and kind.credential_types == ("twitter",) else ()
