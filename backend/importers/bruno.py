"""A Bruno environment (`.bru`): its variables become one credential. Pure.

Bruno keeps the values of secret variables elsewhere: such a file names them only, and the note says so.
"""

import re

from backend.importers.imported import Imported, ImportFailed
from backend.importers.named_fields import custom

MAX_TEXT = 1024 * 1024
_BLOCK = re.compile(r"^vars\s*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_SECRETS = re.compile(r"^vars:secret\s*\[\n(.*?)^\]", re.MULTILINE | re.DOTALL)


def import_bruno(text: str) -> Imported:
    """Raises ImportFailed `import.no_bruno`. A variable that is switched off (`~name`) is not taken."""
    lines = text[: MAX_TEXT + 1].replace("\r\n", "\n")
    block, secrets = _BLOCK.search(lines), _SECRETS.search(lines)
    if len(text) > MAX_TEXT or (block is None and secrets is None):
        raise ImportFailed(
            "import.no_bruno",
            "This is no environment of Bruno.",
            hint="Choose a .bru file of the collection's folder environments; it begins with vars {.",
        )
    pairs = (line.strip().partition(":") for line in (block[1] if block else "").split("\n"))
    fields = {
        name.strip(): value.strip()
        for name, colon, value in pairs
        if colon and value.strip() and name[:1] != "~"
    }
    names = [name.strip().rstrip(",") for name in (secrets[1] if secrets else "").split("\n") if name.strip()]
    notes = (
        (f"Bruno keeps the values of these outside of the file, add them yourself: {', '.join(names)}.",)
        if names
        else ()
    )
    return Imported((), (custom("Bruno", fields),) if fields else (), notes)
