import json

import pytest

from engine.condition import Undecided, decided, holds
from engine.model import Json
from engine.template.errors import TemplateError
from engine.template.expression import expression
from engine.template.render import render, render_tree
from engine.template.unsent import Unsent, UnsentOutput, is_unsent
from engine.variables import modified

NAMES: dict[str, object] = {"w": Unsent("w.data"), "steps": {"w": UnsentOutput("w")}, "n": 3}


def test_a_part_of_what_was_not_sent_was_not_sent_either() -> None:
    found = expression("w.main[0].temp").compute(NAMES.__getitem__)
    assert (found, is_unsent(found)) == ("not-sent.w.data.main.0.temp", True)
    assert render("{{steps.w.status}}", NAMES.__getitem__) == "not-sent.w.status"
    assert json.dumps(UnsentOutput("w")) == '{"data": "not-sent.w.data"}'


def test_an_expression_that_cannot_be_computed_with_it_stands_for_itself() -> None:
    assert is_unsent(expression("(w.temp | number) * 2").compute(NAMES.__getitem__))
    assert is_unsent(expression("w.temp - n").compute(NAMES.__getitem__))
    with pytest.raises(TemplateError):
        expression("n.temp | number").compute(NAMES.__getitem__)


def test_a_variable_that_is_counted_with_it_becomes_it() -> None:
    assert is_unsent(modified("increment", Unsent("a"), 1))
    assert is_unsent(modified("increment", 1, Unsent("a")))
    assert modified("append", [1], Unsent("a")) == [1, "not-sent.a"]


def test_a_condition_on_it_is_undecided_and_not_an_error() -> None:
    condition: dict[str, Json] = {"left": "{{w.temp}}", "operator": "greaterThan", "right": 5}

    def resolve(value: object) -> object:
        return render_tree(value, NAMES.__getitem__)

    with pytest.raises(Undecided):
        holds(condition, resolve)
    assert decided(condition, resolve, otherwise=True)
    assert not decided({"not": condition}, resolve, otherwise=False)
    assert holds({"left": "{{w}}", "operator": "exists"}, resolve)
