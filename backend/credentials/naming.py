"""Names and ids of credentials: how they are cleaned, compared, and found among the records. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from backend.credentials.errors import ambiguous

MAX_NAME = 200
_ID = re.compile(r"[0-9a-f]{32}")
# Control characters, halves of surrogate pairs, line and paragraph separators.
_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")
# They turn the direction of text, and so reorder what stands beside the name.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(name: str) -> str:
    """The name as it is kept, and as a reference to it is compared: NFC, without spaces around it."""
    return unicodedata.normalize("NFC", name).strip()


def fold(name: str) -> str:
    """Two names are the same when this is: canonical caseless matching (Unicode 3.13, D145)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", clean(name)).casefold())


def name_problem(name: str) -> str | None:
    """What is wrong with a cleaned name."""
    if not name:
        return "Give it a name."
    if len(name) > MAX_NAME:
        return f"A name has at most {MAX_NAME} characters."
    if any(letter in _TURNING or unicodedata.category(letter) in _UNSHOWN for letter in name):
        return "A name is one line of letters, digits and signs."
    # A step names a credential by id or by name: one name must not stand in for another's id.
    if _ID.fullmatch(name.lower()):
        return "This looks like an id. Choose a name."
    return None


def is_taken(raws: Iterable[Mapping[str, object]], name: str, *, except_id: str) -> bool:
    """Whether a credential that is listed has the name. Damaged ones count, as far as they can be read."""
    return fold(name) in taken(raw for raw in raws if raw.get("id") != except_id)


def taken(raws: Iterable[Mapping[str, object]]) -> set[str]:
    """The names of all that are listed, folded."""
    return {
        fold(name)
        for raw in raws
        if isinstance(name := raw.get("name"), str)
        and raw.get("deletedAt") is None
        and raw.get("owner") is None
    }


def locate(raws: Sequence[Mapping[str, object]], reference: str) -> int | None:
    """The place of the one record with this id, or else with exactly this name; None when there is none.

    What is in the trash is not found, and a private credential only by its id. Raises CredentialError
    `credential.ambiguous` when several fit, which only another program can have brought about.
    """
    wanted = clean(reference)
    present = [(place, raw) for place, raw in enumerate(raws) if raw.get("deletedAt") is None]
    places = [place for place, raw in present if raw.get("id") == reference]
    if not places:
        places = [
            place
            for place, raw in present
            if raw.get("owner") is None and isinstance(name := raw.get("name"), str) and clean(name) == wanted
        ]
    if len(places) > 1:
        raise ambiguous(wanted[:MAX_NAME])
    return places[0] if places else None
