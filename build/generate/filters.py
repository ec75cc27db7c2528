"""Writes the table of filters in docs/templates.md from the docstrings of the filters.

python build/generate/filters.py
"""

import inspect
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "templates.md"
BEGIN, END = "<!-- filters: written by `make generate` -->\n", "<!-- filters: end -->\n"
Filters = Mapping[str, Callable[..., object]]


def main() -> None:
    text = PAGE.read_text("utf-8")
    PAGE.write_text(filled(text), encoding="utf-8", newline="\n")


def filled(page: str) -> str:
    """The page with its table as the filters have it now."""
    sys.path.insert(0, str(ROOT))
    from engine.template.filters import GROUPS

    before, rest = page.split(BEGIN)
    _old, after = rest.split(END)
    tables = "\n".join(table(title, filters) for title, filters in GROUPS.items())
    return f"{before}{BEGIN}\n{tables}\n{END}{after}"


def table(title: str, filters: Filters) -> str:
    """One group of filters in Markdown."""
    rows = "".join(row(name, act) for name, act in filters.items())
    return f"### {title}\n\n| filter | for example | |\n|---|---|---|\n{rows}"


def row(name: str, act: Callable[..., object]) -> str:
    """The example of a filter and what else its docstring says."""
    words = " ".join((inspect.getdoc(act) or "").split())
    found = re.fullmatch(r"(`\{\{.*?\}\}` gives .*?`.*?`[^;.]*)[;.]\s*(.*)", words)
    if found is None:
        raise SystemExit(f"The docstring of {name} does not begin with an example.")
    example, more = (part.replace("|", "\\|") for part in found.groups())
    return f"| `{name}` | {example} | {more[:1].upper()}{more[1:]} |\n"


if __name__ == "__main__":
    main()
