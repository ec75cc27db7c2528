import pytest

from engine.template.errors import UnknownName
from engine.template.part import fetch, find


@pytest.mark.parametrize(
    ("value", "key", "found"),
    [
        ({"a": 1}, "a", 1),
        ({"1": "x"}, 1, "x"),
        (["a", "b"], 1, "b"),
        (["a", "b"], "1", "b"),
        (["a", "b"], -1, "b"),
        ("text", 0, "t"),
        ({"a": 1}, True, None),
        ({"a": 1}, ["a"], None),
        (["a"], True, None),
        (5, "real", None),
        (None, "x", None),
        ([], "append", None),
        ("x", "upper", None),
    ],
)
def test_a_part_is_data_or_nothing(value: object, key: object, found: object) -> None:
    assert find(value, key) == found


def test_a_missing_part_names_what_there_is() -> None:
    with pytest.raises(UnknownName) as caught:
        fetch({"temp": 1, "humidity": 2}, "wind", source="main.wind")

    assert caught.value.message == "{{main.wind}}: there is no wind."
    assert "There is: temp, humidity." in caught.value.hint


def test_a_million_names_of_a_foreign_answer_are_not_compared() -> None:
    answer = {f"{'k' * 500}{number}": 1 for number in range(100_000)}

    with pytest.raises(UnknownName) as caught:
        fetch(answer, "k" * 500, source="x")

    assert len(caught.value.message + caught.value.hint) < 1_000
