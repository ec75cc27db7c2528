"""Writes ui/src/lib/contract.ts: the types of everything the page may ask, from backend/bridge/contract.

python build/generate/contract.py
"""

import inspect
import sys
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from typing import Literal, Union, get_args, get_origin

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "ui" / "src" / "lib" / "contract.ts"
HEADER = """// Written by `make generate` from backend/bridge/contract. Do not edit.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Failure {
  code: string;
  message: string;
  hint: string;
  /** What is wrong with a field, by its key. */
  fields?: Record<string, string>;
  /** What is wrong with an automation. */
  problems?: Problem[];
}

export type Envelope<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** What `GET /api/session` gives: `token` goes into the header X-Loopi of every POST. */
export interface Session {
  token: string;
}

/** One message of `GET /api/events`. `resync`: some were lost, ask again for everything. */
export type Notice =
  | { topic: "run"; events: RunEvent[] }
  | { topic: "credentials" }
  | { topic: "automations" }
  | { topic: "schedules" }
  | { topic: "history" }
  | { topic: "settings" }
  | { topic: "vault" }
  | { topic: "closing" }
  | { topic: "resync" };
"""
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", object: "Json", type(None): "null"}


def main() -> None:
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(written(), encoding="utf-8", newline="\n")


def written() -> str:
    """The whole file as the contract has it now."""
    sys.path.insert(0, str(ROOT))
    from backend.bridge.contract import METHODS
    from engine.events import FACTS

    found: dict[str, type] = {}
    for method in METHODS.values():
        collect(method.params, found)
        collect(method.result, found)
    parts = [HEADER, *(interface(found[name]) for name in sorted(found)), run_events(FACTS)]
    rows = (
        f'  "{name}": {{ params: {typescript(method.params)}; result: '
        f"{method.written or typescript(method.result)} }};\n"
        for name, method in METHODS.items()
    )
    return "\n".join([*parts, f"export interface Methods {{\n{''.join(rows)}}}\n"])


def collect(kind: object, found: dict[str, type]) -> None:
    """Every dataclass that a type names, by its name."""
    if isinstance(kind, type) and is_dataclass(kind):
        if found.setdefault(kind.__name__, kind) is not kind:
            raise SystemExit(f"Two classes are named {kind.__name__}.")
        for field in fields(kind):
            collect(field.type, found)
    for inner in get_args(kind):
        collect(inner, found)


def interface(kind: type) -> str:
    """One dataclass as an interface, with its docstring."""
    if not fields(kind):
        return f"export type {kind.__name__} = Record<string, never>;\n"
    rows = "".join(f"  {row(field)}\n" for field in fields(kind))
    return f"{comment(kind)}export interface {kind.__name__} {{\n{rows}}}\n"


def row(field: "Field[object]") -> str:
    """One field; a field with a default may be left out."""
    from backend.bridge.contract.shape import camel

    may_be_absent = field.default is not MISSING or field.default_factory is not MISSING
    shown = typescript(field.type)
    if may_be_absent:
        shown = shown.removesuffix(" | null")
    return f"{camel(field.name)}{'?' if may_be_absent else ''}: {shown};"


def typescript(kind: object) -> str:
    """A type of the contract in TypeScript."""
    if isinstance(kind, type):
        return kind.__name__ if is_dataclass(kind) else PLAIN[kind]
    if isinstance(kind, str):
        return "Json"  # the engine's own type, which names itself
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        element = typescript(inner[0])
        return f"({element})[]" if "|" in element else f"{element}[]"
    if origin is Mapping:
        return f"Record<string, {typescript(inner[1])}>"
    if origin in (Literal, Union, types.UnionType):
        return " | ".join(f'"{each}"' if origin is Literal else typescript(each) for each in inner)
    raise SystemExit(f"The contract has a type with no name in TypeScript: {kind}")


def run_events(facts: Mapping[str, type]) -> str:
    """The events of a run, told apart by `type`."""
    from backend.bridge.contract.shape import camel

    stamp = "export interface Stamp {\n  runId: string;\n  seq: number;\n  at: number;\n  path: string;\n}\n"
    parts = [stamp]
    for name, kind in facts.items():
        rows = [f'  type: "{name}";']
        rows += [f"  {camel(field.name)}: {typescript(field.type)};" for field in fields(kind)]
        body = "\n".join(rows)
        parts.append(f"{comment(kind)}export interface {name} extends Stamp {{\n{body}\n}}\n")
    parts.append(f"export type RunEvent = {' | '.join(facts)};\n")
    return "\n".join(parts)


def comment(kind: type) -> str:
    """The docstring, where somebody wrote one: dataclasses get one of their own otherwise."""
    words = " ".join((inspect.getdoc(kind) or "").split())
    return "" if not words or words.startswith(f"{kind.__name__}(") else f"/** {words} */\n"


if __name__ == "__main__":
    main()
