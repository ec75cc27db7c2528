"""Writes the tables of step types in docs/automations.md from their schemas.

python build/generate/steps.py
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "automations.md"
BEGIN, END = "<!-- steps: written by `make generate` -->\n", "<!-- steps: end -->\n"
_FLOW = ("if", "forEach", "repeat", "try", "runAutomation", "wait", "stop")
ORDER = ("apiCall", "twitter", "setVariable", "modifyVariable", *_FLOW)
Schema: TypeAlias = Mapping[str, Any]


def main() -> None:
    PAGE.write_text(filled(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")


def filled(page: str) -> str:
    """The page with its tables as the schemas have them now."""
    before, rest = page.split(BEGIN)
    _old, after = rest.split(END)
    files = {path.name.split(".")[0]: path for path in (ROOT / "schemas" / "steps").glob("*.schema.json")}
    tables = "\n".join(
        table(name, json.loads(files[name].read_text("utf-8"))) for name in sorted(files, key=rank)
    )
    return f"{before}{BEGIN}\n{tables}\n{END}{after}"


def rank(name: str) -> tuple[int, str]:
    """Where a type stands on the page: the services first, then what steers a run."""
    places = [place for place, start in enumerate(ORDER) if name.startswith(start)]
    return places[0] if places else len(ORDER), name


def table(name: str, schema: Schema) -> str:
    """One type of step in Markdown."""
    fields = "".join(row(field, about, schema["required"]) for field, about in schema["properties"].items())
    return f"### {schema['title']}: `{name}`\n\n{schema['description']}\n\n| field | |\n|---|---|\n{fields}"


def row(field: str, about: Schema, required: list[str]) -> str:
    """What a field takes, and what it is when it is left out."""
    words = [about.get("description") or f"{about.get('title', 'A condition')}."]
    for choice, beginning in ((about, "One of"), (about.get("items", {}), "Any of")):
        if "enum" in choice:
            words.append(f"{beginning} " + ", ".join(f"`{each}`" for each in choice["enum"]) + ".")
    if "minimum" in about and "maximum" in about:
        words.append(f"{about['minimum']} to {about['maximum']}.")
    if about.get("default") not in {None, ""}:
        words.append(f"Without it: `{json.dumps(about['default'])}`.".replace('"', ""))
    if about.get("examples") and isinstance(about["examples"][0], str):
        words.append(f"For example `{about['examples'][0]}`.")
    name = f"`{field}`" + (" (needed)" if field in required else "")
    return f"| {name} | {' '.join(words)} |\n".replace("||", "\\|\\|")


if __name__ == "__main__":
    main()
