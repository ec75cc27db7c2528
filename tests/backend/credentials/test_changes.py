import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.credentials.changes import Change, Clear, Keep, Set, apply, is_mask, read_changes
from backend.credentials.errors import CredentialError
from engine.secrets import Secret

KEYS = st.sampled_from("abcd")
CHANGES = st.one_of(st.just(Keep()), st.just(Clear()), st.text().map(lambda text: Set(Secret(text))))


def test_the_three_forms_are_read() -> None:
    found = {"a": {"op": "keep"}, "b": {"op": "set", "value": "new"}, "c": {"op": "clear"}}
    assert read_changes(found) == {"a": Keep(), "b": Set(Secret("new")), "c": Clear()}


@pytest.mark.parametrize(
    "found",
    [
        "canary",
        None,
        {},
        {"op": "drop"},
        {"op": "set"},
        {"op": "set", "value": 7},
        {"op": "keep", "value": "canary"},
        {"op": "set", "value": "canary", "more": 1},
    ],
)
def test_any_other_form_is_refused_by_its_field_and_never_repeated(found: object) -> None:
    with pytest.raises(CredentialError) as caught:
        read_changes({"a": found, "b": {"op": "keep"}})
    assert caught.value.fields.keys() == {"a"}
    assert "canary" not in repr(caught.value) + caught.value.message


@pytest.mark.parametrize("text", ["••••••••", " •• ", "●●●"])
def test_bullets_are_no_value(text: str) -> None:
    assert is_mask(text)


@pytest.mark.parametrize("text", ["", " ", "a••", "****", "•a"])
def test_anything_else_is_a_value(text: str) -> None:
    assert not is_mask(text)


@given(st.dictionaries(KEYS, st.text()), st.dictionaries(KEYS, CHANGES))
def test_each_field_is_kept_set_or_cleared_and_no_other_is_touched(
    fields: dict[str, str], changes: dict[str, Change]
) -> None:
    result = apply(fields, changes)
    for key in "abcd":
        match changes.get(key, Keep()):
            case Keep():
                assert result.get(key) == fields.get(key)
            case Set(value):
                assert result[key] == value
            case Clear():
                assert key not in result


def test_a_change_does_not_show_its_value() -> None:
    assert "canary" not in repr(Set(Secret("canary")))
