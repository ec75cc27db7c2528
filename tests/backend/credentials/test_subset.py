from collections.abc import Mapping

import pytest

from backend.credentials.subset import problems


def schema(**more: object) -> dict[str, object]:
    return {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, **more}


def paths(found: Mapping[str, object]) -> list[str]:
    return [problem.path for problem in problems(found)]


def field(**keywords: object) -> list[str]:
    return paths({"type": "object", "properties": {"a": keywords}})


PAIRS = {
    "type": "array",
    "items": {"type": "object", "properties": {"key": {"type": "string"}, "value": {"type": "string"}}},
}
BRANCH = {"if": {"properties": {"a": {"const": "x"}}}, "then": {"required": ["b"]}}


@pytest.mark.parametrize(
    "found",
    [
        schema(),
        schema(title="A", description="B", required=["a"], additionalProperties=False),
        schema(**{"$schema": "https://json-schema.org/draft/2020-12/schema", "x-loopi": {"icon": "x"}}),
        schema(allOf=[BRANCH]),
        schema(allOf=[{**BRANCH, "then": {"properties": {"c": {"type": "number"}}}}]),
        {"type": "object", "properties": {"pairs": PAIRS}},
        {"type": "object", "properties": {"a": {"enum": ["x", 1]}}},
    ],
)
def test_what_the_page_can_render_is_inside(found: Mapping[str, object]) -> None:
    assert problems(found) == ()


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "$ref", "$defs", "patternProperties", "if", "not"])
def test_a_keyword_outside_is_named_with_its_path(keyword: str) -> None:
    assert paths(schema(**{keyword: {}})) == [keyword]
    assert field(type="string", **{keyword: {}}) == [f"properties.a.{keyword}"]


@pytest.mark.parametrize(
    ("keywords", "path"),
    [
        ({}, "type"),
        ({"type": "object"}, "type"),
        ({"type": ["string", "null"]}, "type"),
        ({"type": "string", "title": ""}, "title"),
        ({"type": "string", "minLength": -1}, "minLength"),
        ({"type": "string", "minLength": True}, "minLength"),
        ({"type": "string", "format": "email"}, "format"),
        ({"type": "string", "writeOnly": False}, "writeOnly"),
        ({"type": "string", "pattern": "(a+)+"}, "pattern"),
        ({"type": "string", "default": {}}, "default"),
        ({"type": "string", "examples": "x"}, "examples"),
        ({"type": "number", "pattern": "x"}, "pattern"),
        ({"type": "boolean", "writeOnly": True}, "writeOnly"),
        ({"enum": []}, "enum"),
        ({"type": "array", "items": {"type": "string"}}, "items.type"),
    ],
)
def test_a_keyword_with_a_value_outside_is_named_with_its_path(
    keywords: dict[str, object], path: str
) -> None:
    assert f"properties.a.{path}" in field(**keywords)


def test_all_problems_are_reported_at_once() -> None:
    found = schema(oneOf=[], required=["zzz"], properties={"a": {"type": "date"}, "b c": {"type": "string"}})
    assert paths(found) == ["oneOf", "properties.a.type", "properties.b c", "required"]


@pytest.mark.parametrize(
    "branch",
    [
        {"if": {"properties": {"a": {"const": "x"}}}},
        {**BRANCH, "else": {}},
        {**BRANCH, "if": {"properties": {"zzz": {"const": "x"}}}},
        {**BRANCH, "if": {"properties": {"a": {"pattern": "x"}}}},
        {**BRANCH, "if": {}},
        {**BRANCH, "then": {"required": ["zzz"]}},
        {**BRANCH, "then": {"properties": {"list": PAIRS}}},
        "if",
    ],
)
def test_a_branch_is_an_if_on_a_constant_and_a_then(branch: object) -> None:
    assert any(path.startswith("allOf[0]") for path in paths(schema(allOf=[branch])))


def test_a_branch_cannot_add_what_additional_properties_would_refuse() -> None:
    branch = {**BRANCH, "then": {"properties": {"c": {"type": "string"}}}}
    assert paths(schema(allOf=[branch], additionalProperties=False)) == ["allOf[0].then.properties"]


def test_what_is_no_object_at_all_is_reported_and_does_not_fail() -> None:
    assert paths({"properties": []}) == ["type", "properties"]
    assert field(type="array") == ["properties.a.items"]
    assert paths({"type": "object", "properties": {"a": 7}}) == ["properties.a"]
    assert paths(schema(allOf={})) == ["allOf"]


def test_lists_do_not_nest() -> None:
    inner = {"type": "object", "properties": {"key": {"type": "string"}, "value": PAIRS}}
    found = {"type": "object", "properties": {"a": {"type": "array", "items": inner}}}
    assert "properties.a.items.properties.value.type" in paths(found)


def test_a_problem_reads_as_a_sentence() -> None:
    (problem,) = problems(schema(required=["zzz"]))
    assert str(problem) == "required names “zzz”, which is not among the properties"
