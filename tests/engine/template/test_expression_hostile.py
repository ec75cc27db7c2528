import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drive.templates import compute, refusal
from engine.template.errors import TemplateError
from engine.template.expression import MAX_EXPRESSION, expression

DATA = {"city": "London", "n": 7, "user": {"name": "Ada", "keys": "own"}, "rows": [{"id": 1}, {"id": 2}]}


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
    "city" + "|upper" * 11,
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


@pytest.mark.parametrize(
    "source", ["1.5 | round(1e308) | round(99999999999999999999)", "5 | round(-999999999)", "1" * 1_999]
)
def test_extreme_numbers_are_computed_at_once(source: str) -> None:
    assert isinstance(compute(source), int | float)


GRAMMAR = st.text(alphabet="abn17.[](){}|+-*/%~<>=!,:'\" \\_creduisnotif", max_size=60)


@example("a|b.c")
@given(GRAMMAR)
def test_a_random_expression_gives_a_value_or_an_error_in_words(source: str) -> None:
    code = refusal(lambda: compute(source, {"a": {"b": [1, "x"]}, "b": 2, "n": None}))

    assert code == "" or code.startswith("template.")
