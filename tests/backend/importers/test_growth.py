"""A text of a stranger's takes time that grows as the text does, and no faster.

Not the time is measured: the process that reads has so much of the processor that it is enough many times
over, and one which compares each part with all the others would need hours of it.
"""

import json
import sys
from collections.abc import Callable, Mapping

import pytest

from backend.importers.source import SOURCES
from engine.errors import LoopiError
from servers.limited import printed

SIZE = 256 * 1024
CPU_S = 90
READ = """
from test_growth import TEXTS, read
for name in TEXTS:
    read(name)
    print(name, flush=True)
"""


def several(part: str) -> str:
    """A part with its number at `#`, until the size is reached."""
    count = SIZE // (len(part) + 4)
    return "".join(part.replace("#", str(number)) for number in range(count))


def graph(*edges: tuple[int, int, str], kind: str = "variableConditional") -> str:
    """Nodes with edges of each to those behind or before it, by how far, and of which handle."""
    count = SIZE // 200
    nodes = [
        {"id": f"n{n}", "type": kind, "data": {"step": {"id": "same", "type": kind}}} for n in range(count)
    ]
    made = [
        {"source": f"n{n + one}", "target": f"n{n + two}", "sourceHandle": handle}
        for one, two, handle in edges
        for n in range(count - max(one, two))
    ]
    return json.dumps({"nodes": nodes, "edges": made})


def step(value: str) -> str:
    kept = {"id": "a", "type": "setVariable", "variableName": "a", "value": value}
    return json.dumps({"nodes": [{"id": "a", "data": {"step": kept}}]})


TEXTS: Mapping[str, Callable[[], str]] = {
    "curl blanks": lambda: f"curl{' ' * SIZE}http://h/",
    "curl lines": lambda: "curl http://h/ -d '" + "\r" * SIZE + "'",
    "curl cmd.exe": lambda: 'curl ^"http://h/^" ' + "\\a" * (SIZE // 2),
    "curl form": lambda: f"curl http://h/ -d '{several('a#=1&')}z='",
    "curl form of one name": lambda: f"curl http://h/ -d '{'a=&' * (SIZE // 3)}a='",
    "curl keys of a form": lambda: f"curl http://h/ -d '{several('key=#&')}z='",
    "curl keys of an address": lambda: f"curl 'http://h/?{several('key=#&')}'",
    "curl files": lambda: "curl http://h/ " + "-d@f " * (SIZE // 5),
    "curl headers": lambda: "curl http://h/ " + several("-H 'x-key: #' "),
    "curl parts": lambda: "curl http://h/ " + several("-Fkey=# "),
    "curl detail": lambda: "curl http://h/ -F 'a=@f;" + " " * SIZE + "'",
    "dotenv blanks": lambda: "A_KEY=a" + " " * SIZE + "b",
    "dotenv short rows of blanks": lambda: "A_KEY=a" + (" " * 200 + "b") * (SIZE // 201),
    "dotenv no lines": lambda: "=\n" * (SIZE // 2) + "A_KEY=b",
    "bruno openings": lambda: "vars {\n" * (SIZE // 7),
    "bruno secrets": lambda: "vars:secret [\n" * (SIZE // 14),
    "postman": lambda: json.dumps({"values": [{"key": "key", "value": str(n)} for n in range(SIZE // 30)]}),
    "n8n": lambda: json.dumps([{"data": {"k": str(n)}} for n in range(SIZE // 20)]),
    "loopi placeholder": lambda: step("{{" + " " * SIZE),
    "loopi placeholders": lambda: step("{{" * (SIZE // 2)),
    "loopi ways back": lambda: graph((0, 1, "if"), (1, 0, "else")),
    "loopi own ways back": lambda: graph((0, 0, ""), (1, 0, ""), kind="stop"),
    "loopi same ids": lambda: graph(kind="wait"),
    "loopi depth": lambda: graph((0, 1, "loop"), kind="forEach"),
}


def read(name: str) -> None:
    try:
        SOURCES[name.partition(" ")[0]].read(TEXTS[name](), None)
    except LoopiError as refused:
        assert refused.code.startswith("import.")  # noqa: PT017 - either is an answer


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_text_takes_the_square_of_its_length() -> None:
    assert printed(READ, cpu_s=CPU_S, paths=("tests/backend/importers",)) == list(TEXTS)
