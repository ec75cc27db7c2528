from engine.parse.field import (
    name_problems,
    pair_problems,
    template_problems,
    unfilled_names,
    variable_problems,
)
from engine.steps.registry import STEPS


def test_placeholders_are_checked_in_every_text_and_in_the_order_of_the_file() -> None:
    fields = {"url": "{{", "headers": {"a": ["x", "{{ | }}"]}, "method": "{{", "body": {"json": "{{a.b}}"}}

    assert [path for path, _ in template_problems(fields, STEPS["apiCall"])] == ["url", "headers.a[1]"]


def test_a_name_with_a_meaning_is_not_given_away() -> None:
    assert [path for path, _ in name_problems({"storeKey": "steps", "itemVariable": "x"})] == ["storeKey"]


def test_first_values_have_names_that_a_placeholder_can_spell() -> None:
    found = variable_problems({"fine": 1, "not fine": 2, "credentials": 3, "": 4})

    assert [path for path, _ in found] == ["variables.not fine", "variables.credentials", "variables."]


def test_names_that_look_like_placeholders_are_found() -> None:
    assert list(unfilled_names({"query": {"{{a}}": 1}, "body": {"json": [{"{{b}}": 2}]}})) == [
        "query.{{a}}",
        "body.json[0].{{b}}",
    ]


def test_an_answer_in_a_file_has_no_pages() -> None:
    assert [path for path, _ in pair_problems({"saveResponseTo": "a", "pagination": {}})] == [
        "saveResponseTo"
    ]
    assert list(pair_problems({"saveResponseTo": "a"})) == list(pair_problems({"pagination": {}})) == []
