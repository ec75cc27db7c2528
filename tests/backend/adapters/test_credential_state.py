from typing import Any

import pytest

from backend import resources
from backend.adapters.credential_state import state_of
from backend.credentials.type_book import TypeBook
from backend.store.credential_use import Use

KIND = TypeBook.load(resources.schemas() / "credentials").get("apiKey")
CHANGED = 1_785_576_600.0  # 2026-08-01T09:30:00Z


def entry(*, is_set: bool = True) -> dict[str, Any]:
    fields = {"apiKey": {"set": is_set, "secret": True}}
    return {"id": "a", "name": "A", "updatedAt": "2026-08-01T09:30:00.000Z", "fields": fields}


@pytest.mark.parametrize(
    ("use", "used_by", "standing"),
    [
        (None, 0, "unused"),
        (None, 2, "untested"),
        (Use(CHANGED + 9, "works", CHANGED + 8), 0, "ready"),
        (Use(CHANGED + 9, "refused", CHANGED + 8), 1, "attention"),
        (Use(CHANGED + 9, "expired", CHANGED + 8), 1, "expired"),
        (Use(CHANGED + 9, None, CHANGED + 8), 1, "untested"),
        (Use(CHANGED + 9, "refused", CHANGED - 8), 1, "untested"),
        (Use(CHANGED + 9, "works", CHANGED - 8), 1, "untested"),
    ],
)
def test_it_stands_as_the_last_use_since_its_last_change_says(
    use: Use | None, used_by: int, standing: str
) -> None:
    assert state_of(entry(), KIND, use, used_by=used_by).standing == standing


def test_what_lacks_a_field_cannot_work_whatever_was_found_before() -> None:
    state = state_of(entry(is_set=False), KIND, Use(CHANGED, "works", CHANGED), used_by=1)
    assert (state.standing, state.message) == ("attention", "It lacks: API Key.")


def test_what_has_no_type_needs_attention() -> None:
    assert state_of(entry(), None, None, used_by=1).standing == "attention"


def test_the_last_use_stays_known_after_a_change() -> None:
    state = state_of(entry(), KIND, Use(CHANGED - 60, "works", CHANGED - 60), used_by=1)
    assert state.last_used_at == "2026-08-01T09:29:00.000Z"
