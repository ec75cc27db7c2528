"""Edits in a row, against the simplest model there is: a dictionary."""

from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from backend.credentials.changes import Change, Clear, Keep, Set
from backend.credentials.service import CredentialService
from backend.credentials.store import Store
from backend.credentials.type_book import TypeBook
from engine.secrets import Secret

EDITS = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.one_of(
        st.just(Keep()), st.just(Clear()), st.text("xyz", min_size=1).map(lambda text: Set(Secret(text)))
    ),
)


@given(st.lists(EDITS, max_size=4))
def test_a_row_of_edits_ends_where_a_dictionary_would(
    types: TypeBook, new_store: Callable[..., Store], edits: list[dict[str, Change]]
) -> None:
    service = CredentialService(
        new_store(), types, clock=lambda: datetime(2026, 8, 1, tzinfo=UTC), new_id=lambda: "1"
    )
    service.add("custom", "Own", {"a": "0"})
    expected = {"a": "0"}
    for edit in edits:
        valid = {
            key: change for key, change in edit.items() if key in expected or not isinstance(change, Clear)
        }
        service.edit("1", None, changes=valid)
        for key, change in valid.items():
            if isinstance(change, Set):
                expected[key] = change.value.reveal()
            elif isinstance(change, Clear):
                expected.pop(key)
    assert service.get("1").fields == {key: Secret(text) for key, text in expected.items()}
