import pytest

from drive.templates import compute
from engine.template.errors import TemplateError
from engine.template.operators import MAX_SIZE

BIG = {"x": "a" * MAX_SIZE}


@pytest.mark.parametrize(
    "source",
    [
        "x ~ x",
        "x + x",
        'x | replace("a", "aa")',
        "[x, x] | join",
        "x | base64",
        '(x ~ "") | replace("a", " ") | url',
        "[x, x] | json",
        "[x, x] == [x, x]",
        '"a" in [x, x]',
    ],
)
def test_a_value_does_not_outgrow_the_largest_size(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compute(source, BIG)

    assert "16 MiB" in caught.value.message


def test_parts_that_are_shared_are_counted_each_time() -> None:
    laughs: object = "ha" * 100
    for _ in range(40):
        laughs = [laughs, laughs]

    for source in ("x | text", "x | json", "x | unique", '"" ~ x'):
        with pytest.raises(TemplateError, match="16 MiB"):
            compute(source, {"x": laughs})


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def test_a_deep_value_is_an_error_and_no_crash() -> None:
    deep, twin = nested(5_000), nested(5_000)

    for source in ("x | text", "x == y", "x | json", "x | unique", '{"a": x} | text'):
        with pytest.raises(TemplateError, match="deep"):
            compute(source, {"x": deep, "y": twin})


def test_a_condition_computes_one_side_only() -> None:
    assert compute("1 if true else nothing") == 1
    assert compute("0 and nothing") == 0
    assert compute("1 or nothing") == 1


def test_wrong_arguments_of_a_filter_are_an_error_in_words() -> None:
    with pytest.raises(TemplateError, match="upper was given arguments it does not take"):
        compute('"a" | upper(1, 2)')
