"""What holds for the files of the page, which Python's own rules do not reach."""

import json
import re

import pytest

from shape.tree import files, read, table

FILE_LINES = 250

# file → why it may be longer; nothing is ever longer than 400 lines
WRITTEN_BY_PROGRAM = {"ui/src/lib/contract.ts": "written from backend/bridge/contract/ by `make generate`"}

# Brackets keep each pattern from matching its own line.
REFUSED = {
    "markup made of text": r"\{@html|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write\b",
    "code made of text": r"\beval\(|\bnew Function\(",
    "a style in markup, which the page's policy refuses": r"<[a-z][^<>]*\sstyle=|<[a-z][^<>]*\sstyle:",
    "what is left for later": r"\b(TO[D]O|FIX[M]E|HA[C]K)\b",
    "a switched-off check without a reason": r"@ts-ignore|@ts-nocheck",
}
# The `: any` of a type; `as any` and `any[]` too.
UNTYPED = re.compile(r"(:|\bas|<)\s*any\b")


def written() -> list[str]:
    """What people write of the page."""
    mine = (name for name in files() if name.startswith("ui/") and name.endswith((".ts", ".svelte", ".css")))
    return [name for name in mine if name not in WRITTEN_BY_PROGRAM]


def test_a_file_of_the_page_has_at_most_250_lines() -> None:
    lengths = {name: read(name).count("\n") for name in written()}
    long = [f"{name} has {length} lines" for name, length in lengths.items() if length > FILE_LINES]
    assert not long, table(long)


@pytest.mark.parametrize("what", REFUSED)
def test_the_page_has_nothing_of(what: str) -> None:
    pattern = re.compile(REFUSED[what])
    found = [
        f"{name}:{number}"
        for name in written()
        for number, line in enumerate(read(name).splitlines(), start=1)
        if pattern.search(line)
    ]
    assert not found, table(found)


def test_every_value_of_the_page_has_a_type() -> None:
    found = [name for name in written() if not name.endswith(".css") and UNTYPED.search(read(name))]
    assert not found, table(found)


def test_every_module_of_the_page_says_first_what_it_is_for() -> None:
    begins = re.compile(r"\s*(<!--|//|/\*)")
    silent = [
        name
        for name in written()
        if name.startswith("ui/src/")
        and not name.endswith((".css", ".test.ts"))
        and not begins.match(read(name))
    ]
    assert not silent, table(silent)


def test_the_lock_of_the_page_names_hashes_and_no_place_to_fetch_from() -> None:
    packages = json.loads(read("ui/package-lock.json"))["packages"]
    loose = [name for name, pin in packages.items() if name and not pin.get("integrity")]
    assert not loose, table(loose)
    placed = [name for name, pin in packages.items() if "resolved" in pin]
    assert not placed, table(placed)
