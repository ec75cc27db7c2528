"""A Bruno environment (`.bru`): its variables become one credential. Pure.

Bruno keeps the values of secret variables elsewhere: such a file names them only, and the note says so.
"""

import re
from collections.abc import Sequence

from backend.importers.imported import Imported, ImportFailed
from backend.importers.named_fields import custom

MAX_TEXT = 1024 * 1024
_BLOCK = re.compile(r"vars\s*\{")
_SECRETS = re.compile(r"vars:secret\s*\[")


def import_bruno(text: str) -> Imported:
    """Raises ImportFailed `import.no_bruno`. A variable that is switched off (`~name`) is not taken."""
    lines = text[: MAX_TEXT + 1].replace("\r\n", "\n").split("\n")
    block, secrets = _between(lines, _BLOCK, "}"), _between(lines, _SECRETS, "]")
    if len(text) > MAX_TEXT or (block is None and secrets is None):
        raise ImportFailed(
            "import.no_bruno",
            "This is no environment of Bruno.",
            hint="Choose a .bru file of the collection's folder environments; it begins with vars {.",
        )
    pairs = (line.strip().partition(":") for line in block or ())
    fields = {
        name.strip(): value.strip()
        for name, colon, value in pairs
        if colon and value.strip() and name[:1] != "~"
    }
    names = [name.strip().rstrip(",") for name in secrets or () if name.strip()]
    notes = (
        (f"Bruno keeps the values of these outside of the file, add them yourself: {', '.join(names)}.",)
        if names
        else ()
    )
    return Imported((), (custom("Bruno", fields),) if fields else (), notes)


def _between(lines: Sequence[str], opening: re.Pattern[str], closing: str) -> Sequence[str] | None:
    """The lines of the first block. A search through the text began anew at each opening."""
    start = next((place for place, line in enumerate(lines, 1) if opening.fullmatch(line)), None)
    if start is None:
        return None
    end = next((place for place in range(start, len(lines)) if lines[place].startswith(closing)), None)
    return None if end is None else lines[start:end]
