import pytest
from hypothesis import given
from hypothesis import strategies as st

from drive.templates import refusal
from engine.parse.problem import InvalidAutomation, Problem, load_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON: Expecting value at line 1, column 1"),
        ('{"a": }', "line 1, column 7"),
        ("[NaN]", "NaN is no JSON number"),
        ("[-Infinity]", "-Infinity is no JSON number"),
        ("[1e999]", "1e999 is larger than a number may be"),
        ("[" + "1" * 5_000 + "]", "a number has 5000 digits"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "names 'c' twice in one object"),
    ],
)
def test_what_is_no_json_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(InvalidAutomation) as caught:
        load_text(text)

    assert words in caught.value.message


def test_json_is_read_with_all_digits() -> None:
    assert load_text('{"a": [12345678901234567890, 1.5, null]}') == {"a": [12345678901234567890, 1.5, None]}


@given(st.text(alphabet='{}[]":,0123456789.eE+-truefalsn ', max_size=40))
def test_random_text_is_json_or_a_problem(text: str) -> None:
    assert refusal(lambda: load_text(text)) in {"", "automation.invalid"}


def test_many_problems_are_kept_and_fifty_are_shown() -> None:
    error = InvalidAutomation([Problem(f"steps[{number}]", "is wrong") for number in range(60)])

    assert len(error.problems) == 60
    assert error.message.count("\n") == 51
    assert error.message.startswith("This automation has 60 problems:\n  steps[0]: is wrong\n")
    assert error.message.endswith("… and 10 more")


def test_a_problem_of_the_whole_file_has_no_path() -> None:
    assert str(Problem("", "is empty")) == "is empty"
