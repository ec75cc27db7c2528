import subprocess
import sys
from pathlib import Path

import pytest

from drive.templates import compute
from engine.template.errors import TemplateError, UnknownName
from engine.template.expression import expression

ROOT = Path(__file__).resolve().parents[3]
DATA = {
    "city": "London",
    "n": 7,
    "user": {"name": "Ada", "tags": ["a", "b"], "keys": "own", "full name": "Ada L"},
    "rows": [{"id": 1}, {"id": 2}],
    "null": None,
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("city", "London"),
        (" user.name ", "Ada"),
        ("user.tags[1]", "b"),
        ("user.tags.1", "b"),
        ("rows[0].id", 1),
        ("rows[-1].id", 2),
        ('user["full name"]', "Ada L"),
        ("user.keys", "own"),
        ("n + 1", 8),
        ("n / 2", 3.5),
        ("8 / 2", 4),
        ("n // 2", 3),
        ("n % 4", 3),
        ("-n", -7),
        ("city ~ n", "London7"),
        ('city + "!"', "London!"),
        ("user.tags + [1]", ["a", "b", 1]),
        ("n > 3 and n < 10", True),
        ("3 < n < 5", False),
        ("not n", False),
        ('"a" in user.tags', True),
        ('"x" not in user', True),
        ('"yes" if n == 7 else "no"', "yes"),
        ("null or city", "London"),
        ("city[0:3]", "Lon"),
        ("city[::-1]", "nodnoL"),
        ('{"a": n}', {"a": 7}),
        ('["}}", n]', ["}}", 7]),
        ("true", True),
        ("none", None),
    ],
)
def test_an_expression_reaches_data_operators_and_filters(source: str, value: object) -> None:
    assert compute(source, DATA) == value


def test_plain_paths_need_no_parser() -> None:
    program = (
        "import sys; from engine.template.render import render;"
        "print(render('{{rows[1].id}} {{city}}', {'rows': [0, {'id': 2}], 'city': 'Rome'}.get),"
        "'jinja2' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert done.stdout.split() == ["2", "Rome", "False"]


def test_the_names_of_an_expression_are_what_it_starts_from() -> None:
    assert expression("a.b[c] | default(d) ~ a").names == {"a", "c", "d"}
    assert expression("(a)").names == {"a"}


def test_a_misspelt_part_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="there is no nmae") as caught:
        compute("user.nmae", DATA)

    assert "Did you mean name?" in caught.value.hint


def test_an_error_shows_no_value() -> None:
    secret = {"deep": {"word": "hunter2"}}

    for source in [
        "deep.word.x",
        "deep.word + 1",
        "deep.word[9]",
        "deep.word | number",
        "deep[deep.word[0]]",
    ]:
        with pytest.raises(TemplateError) as caught:
            compute(source, secret)
        assert "hunter2" not in caught.value.message + caught.value.hint


def test_only_default_recovers_and_only_from_what_is_missing() -> None:
    assert compute('nothing | default("x")') == "x"
    assert compute("user.nothing.more | default(1)", DATA) == 1
    assert compute("null | default(2)", DATA) == 2
    assert compute("nothing | default") == ""
    assert compute('"" | default("x")') == ""
    with pytest.raises(UnknownName):
        compute("nothing | upper | length")
    with pytest.raises(TemplateError, match="calculates"):
        compute('(city + 1) | default("x")', DATA)
