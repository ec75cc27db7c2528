import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drive.templates import compute, refusal
from engine.template.errors import TemplateError, UnknownName
from engine.template.expression import MAX_EXPRESSION, expression

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


HOSTILE = [
    "__class__",
    "''.__class__",
    "''.__class__.__mro__",
    "''['__class__']['__mro__'][1].__subclasses__()",
    "user.__class__",
    "user.items",
    "user['__class__']",
    "user.get",
    "rows.append",
    "city.upper",
    "city.format",
    "n.real",
    "cycler",
    "cycler.__init__.__globals__.os",
    "lipsum",
    "joiner",
    "namespace",
    "self",
    "self._TemplateReference__context",
    "loop",
    "config",
    "dict",
    "range",
    "range(10**9)",
    "city()",
    "user.name()",
    "city.upper()",
    '"a" * 10**9',
    "'a' * 1000000000",
    "[1] * 1000000000",
    "2**10**8",
    "n ** 2",
    '"%1000000000d" % 1',
    '"%s" % city',
    "n is defined",
    "n is divisibleby 2",
    "city is string",
    "_('x')",
    "x.y.z = 1",
    "city | attr('__class__')",
    "city | map('upper')",
    "city | format(1)",
    "city | pprint",
    "city | xmlattr",
    "city | replace(*rows)",
    "city | default(**user)",
    "caller()",
    "super()",
    "rows | map(attribute='__class__')",
    "user | dictsort",
    "1e999",
    "1e308 * 10",
    "1 // 0",
    "1 % 0",
    "city[::0]",
    "city['a':]",
    "user[rows]",
    "user[[1]]",
    "{}[{}]",
    "n[0]",
    "-city",
    "city < 1",
    "1 in 2",
    "sum(rows)",
    "import os",
    "lambda: 1",
    "`id`",
    "a; b",
    "{% for x in y %}",
    "{# x #}",
    "x }} {{ y",
    "",
    " ",
    "|",
    "city |",
    "| upper",
    "a b",
    "city, n",
    "'unended",
    "(" * 900 + "1" + ")" * 900,
    "[" * 900 + "]" * 900,
    "-" * 1900 + "1",
    "not " * 400 + "1",
    "1" + "+1" * 900,
    "1" + " if 1 else 1" * 150,
    "x" + ".a" * 900,
    "city" + "|upper" * 21,
    '"\\ud800" | base64',
    '"\\ud800" | url',
    '"\\ud800" | sha256',
    "5 | round(-999999999) ~ nothing",
    "nothing",
    "rows[99]",
    "rows['99999999999999999999999']",
    "rows[99999999999999999999999]",
]


@pytest.mark.parametrize("source", [each for each in HOSTILE if each != "city, n"])
def test_nothing_but_data_can_be_reached_and_nothing_runs_long(source: str) -> None:
    with pytest.raises(TemplateError):
        compute(source, DATA)


@pytest.mark.parametrize("source", ["(" * 10_000 + ")" * 10_000, "a" * (MAX_EXPRESSION + 1)])
def test_a_long_expression_is_refused_before_it_is_read(source: str) -> None:
    with pytest.raises(TemplateError, match="characters"):
        expression(source)


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


@pytest.mark.parametrize(
    "source", ["1.5 | round(1e308) | round(99999999999999999999)", "5 | round(-999999999)", "1" * 1_999]
)
def test_extreme_numbers_are_computed_at_once(source: str) -> None:
    assert isinstance(compute(source), int | float)


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


@pytest.mark.parametrize(
    "source",
    [
        "credentials.apiKey",
        'credentials["apiKey"]',
        'credentials.user ~ ":" ~ credentials.password',
        '(credentials.user ~ ":" ~ credentials.password) | base64',
        "credentials.apiKey | url",
        'credentials.region | default("eu")',
    ],
)
def test_a_credential_is_inserted_whole(source: str) -> None:
    assert expression(source).names == {"credentials"}


@pytest.mark.parametrize(
    "source",
    [
        "credentials",
        "(credentials)",
        "credentials.a.b",
        "credentials[0]",
        "credentials.apiKey[0]",
        "credentials.apiKey[0:3]",
        "credentials.apiKey | upper",
        "credentials.apiKey | reverse",
        "credentials.apiKey | sha256",
        "credentials.apiKey | length",
        'credentials.apiKey | replace("a", "b")',
        'credentials.apiKey < "m"',
        '"a" in credentials.apiKey',
        '"x" if credentials.apiKey else "y"',
        '1 / 0 if credentials.apiKey < "m" else ""',
        "credentials[credentials.apiKey]",
        "[credentials.apiKey]",
        '{"a": credentials.apiKey}',
        "credentials | json",
        "credentials | keys",
        "credentials.apiKey and 1",
        "credentials.apiKey + 1",
    ],
)
def test_a_credential_cannot_be_taken_apart_compared_or_changed(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        expression(source)

    assert caught.value.code == "template.credential_form"


@pytest.mark.parametrize("source", ["credentials.a ~ city", "city ~ credentials.a", "credentials[city]"])
def test_a_credential_is_not_mixed_with_other_names(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        expression(source)

    assert caught.value.code == "template.mixed"


GRAMMAR = st.text(alphabet="abn17.[](){}|+-*/%~<>=!,:'\" \\_creduisnotif", max_size=60)


@example("a|b.c")
@given(GRAMMAR)
def test_a_random_expression_gives_a_value_or_an_error_in_words(source: str) -> None:
    code = refusal(lambda: compute(source, {"a": {"b": [1, "x"]}, "b": 2, "n": None}))

    assert code == "" or code.startswith("template.")
