from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.error import HttpError
from engine.secrets import BULLETS
from engine.steps.api_body import encoded_pairs, scalar_text, written_body


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=4))
def test_a_form_is_read_back_as_it_was_written(fields: dict[str, str]) -> None:
    written = written_body({"form": fields}, None)
    assert written is not None
    assert dict(parse_qsl(written[0], keep_blank_values=True)) == fields


def test_bullets_stay_bullets_among_encoded_values() -> None:
    assert encoded_pairs({"key": f"ü{BULLETS}", "q": "a b"}, "query") == f"key=%C3%BC{BULLETS}&q=a%20b"


def test_null_leaves_a_name_out() -> None:
    assert encoded_pairs({"a": None, "b": [None, 1]}, "query") == "b=1"
    assert encoded_pairs(None, "query") == ""


def test_json_is_compact_and_keeps_its_letters() -> None:
    assert written_body({"json": {"a": [1, "ü", None]}}, None) == ('{"a":[1,"ü",null]}', "application/json")


def test_no_body_is_none() -> None:
    assert written_body(None, "json") is None
    assert written_body({"json": 1}, "none") is None


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), (False, "false"), (5, "5"), (1.5, "1.5"), ("x", "x")]
)
def test_values_are_written_as_services_read_them(value: object, text: str) -> None:
    assert scalar_text(value, "query.a") == text


def test_a_refusal_names_the_field_and_not_its_value() -> None:
    with pytest.raises(HttpError) as caught:
        encoded_pairs({"key": {"hunter2": 1}}, "query")
    assert "query.key" in caught.value.message
    assert "hunter2" not in caught.value.message


def test_json_that_nests_without_end_is_refused() -> None:
    value: list[object] = []
    value.append(value)
    with pytest.raises(HttpError):
        written_body({"json": value}, None)
