import pytest

from backend.credentials.usage import Use, find_uses
from engine.model import BLOCKS

AUTOMATION: dict[str, object] = {
    "id": "auto",
    "name": "Morning",
    "steps": [
        {"id": "ask", "type": "apiCall", "credentialId": "k1", "body": {"steps": [{"credentialId": "k1"}]}},
        {
            "id": "hot",
            "type": "if",
            "then": [{"id": "post", "type": "twitterCreateTweet", "credentialId": "t1"}],
            "else": [
                {
                    "id": "loop",
                    "type": "forEach",
                    "steps": [{"id": "again", "type": "apiCall", "credentialId": "GitHub"}],
                }
            ],
        },
        {
            "id": "safe",
            "type": "try",
            "steps": [],
            "onError": [{"id": "tell", "credentialId": "k1", "description": "Tell the team"}],
        },
    ],
}


def test_every_step_that_names_the_id_is_found_with_its_path() -> None:
    assert find_uses([AUTOMATION], "k1") == (
        Use("auto", "Morning", "ask", "steps[0]"),
        Use("auto", "Morning", "tell", "steps[2].onError[0]", "Tell the team"),
    )


@pytest.mark.parametrize("block", BLOCKS)
def test_a_use_is_found_in_every_block(block: str) -> None:
    document = {"steps": [{"id": "outer", block: [{"id": "inner", "credentialId": "k1"}]}]}
    assert find_uses([document], "k1") == (Use("", "", "inner", f"steps[0].{block}[0]"),)


def test_a_use_in_an_else_if_is_found() -> None:
    chain = [{"condition": {}, "then": [{"id": "inner", "credentialId": "k1"}]}]
    document = {"steps": [{"id": "outer", "type": "if", "elseIf": chain}]}
    assert [use.path for use in find_uses([document], "k1")] == ["steps[0].elseIf[0].then[0]"]


def test_a_reference_by_name_is_a_use_too() -> None:
    assert find_uses([AUTOMATION], "x", name="GitHub") == (
        Use("auto", "Morning", "again", "steps[1].else[0].steps[0]"),
    )


def test_a_name_is_compared_in_its_composed_form() -> None:
    document = {"id": "a", "name": "b", "steps": [{"id": "s", "credentialId": "Cafe\u0301 "}]}
    assert len(find_uses([document], "x", name="Café")) == 1


def test_uses_come_in_reading_order_over_all_documents() -> None:
    uses = find_uses([AUTOMATION, {**AUTOMATION, "id": "other"}], "t1")
    assert [(use.automation_id, use.path) for use in uses] == [
        ("auto", "steps[1].then[0]"),
        ("other", "steps[1].then[0]"),
    ]


def test_a_document_of_any_shape_is_walked_without_failing() -> None:
    odd: list[dict[str, object]] = [
        {},
        {"steps": None},
        {"steps": [None, 7, {"credentialId": ["k1"]}, {"then": {"a": 1}}]},
    ]
    assert find_uses(odd, "k1") == ()


def test_steps_nested_deeper_than_the_stack_are_found() -> None:
    step: dict[str, object] = {"id": "deep", "credentialId": "k1"}
    for _ in range(5_000):
        step = {"id": "s", "steps": [step]}
    assert [use.step_id for use in find_uses([{"steps": [step]}], "k1")] == ["deep"]
