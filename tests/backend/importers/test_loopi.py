"""Automations of the Electron app, in the shapes its files have: what is imported can run."""

import json
from itertools import pairwise
from typing import Any

import pytest

from backend.importers.imported import Imported, ImportFailed
from backend.importers.loopi import import_loopi
from runs import automation


def node(name: str, step: dict[str, object], kind: str = "automationStep") -> dict[str, object]:
    return {"id": name, "type": kind, "data": {"step": {"id": name, **step}}, "position": {"x": 0, "y": 0}}


def edge(source: str, target: str, handle: str | None = None) -> dict[str, object]:
    found: dict[str, object] = {"id": f"{source}-{target}", "source": source, "target": target}
    return found if handle is None else {**found, "sourceHandle": handle}


def file(*nodes: dict[str, object], edges: list[dict[str, object]] | None = None, **fields: object) -> str:
    chain = [edge(str(one["id"]), str(two["id"])) for one, two in pairwise(nodes)]
    return json.dumps({"id": "1", "name": "Old", "nodes": nodes, "edges": edges or chain, **fields})


def steps(found: Imported) -> list[Any]:
    (document,) = found.automations
    listed: list[Any] = json.loads(json.dumps(document["steps"]))
    automation(*listed)
    return listed


def value_of(written: str, **variables: object) -> str:
    step: dict[str, object] = {"type": "setVariable", "variableName": "x", "value": written}
    (made,) = steps(import_loopi(file(node("n", step), variables=variables)))
    return str(made["value"])


def test_the_readmes_weather_automation_is_three_steps() -> None:
    text = file(
        node(
            "w",
            {
                "type": "apiCall",
                "description": "Ask",
                "url": "https://api.example.com/?q={{city}}",
                "method": "GET",
                "headers": {"Accept": "application/json"},
                "timeout": 5000,
                "storeKey": "weather",
                "credentialId": "c1",
            },
        ),
        node("t", {"type": "setVariable", "variableName": "temp", "value": "{{weather.data.main.temp}}"}),
        node("p", {"type": "twitterCreateTweet", "text": "{{temp}} in {{city}}", "credentialId": "c2"}),
        variables={"city": "Oslo"},
    )
    assert steps(import_loopi(text)) == [
        {
            "id": "w",
            "type": "apiCall",
            "description": "Ask",
            "method": "GET",
            "url": "https://api.example.com/?q={{city}}",
            "headers": {"Accept": "application/json"},
            "timeoutSeconds": 5.0,
            "credentialId": "c1",
            "storeKey": "weather",
        },
        {"id": "t", "type": "setVariable", "variableName": "temp", "value": "{{steps.w.data.main.temp}}"},
        {"id": "p", "type": "twitterCreateTweet", "text": "{{temp}} in {{city}}", "credentialId": "c2"},
    ]


def test_a_diamond_is_joined_once() -> None:
    text = file(
        node(
            "c",
            {
                "variableConditionType": "variableGreaterThan",
                "variableName": "n",
                "expectedValue": "3",
                "parseAsNumber": True,
            },
            "variableConditional",
        ),
        node("a", {"type": "wait", "value": "1"}),
        node("b", {"type": "wait", "value": "2"}),
        node("j", {"type": "wait", "value": "3"}),
        edges=[
            edge("c", "a", "if"),
            edge("c", "b", "else"),
            edge("a", "j"),
            {**edge("b", "j"), "type": "default"},
        ],
        variables={"n": 5},
    )
    branch, joined = steps(import_loopi(text))
    assert branch["condition"] == {"left": "{{n | number}}", "operator": "greaterThan", "right": "3"}
    assert [each["id"] for block in ("then", "else") for each in branch[block]] == ["a", "b"]
    assert joined["id"] == "j"


def test_a_way_back_to_a_condition_is_a_repeat() -> None:
    text = file(
        node(
            "c",
            {"variableConditionType": "variableLessThan", "variableName": "n", "expectedValue": 3},
            "variableConditional",
        ),
        node("a", {"type": "modifyVariable", "variableName": "n", "operation": "increment", "value": "1"}),
        node("z", {"type": "wait", "value": "1"}),
        edges=[edge("c", "a", "if"), edge("a", "c"), edge("c", "z", "else")],
        variables={"n": 0},
    )
    repeat, end = steps(import_loopi(text))
    assert repeat["while"] == {"left": "{{n}}", "operator": "lessThan", "right": 3}
    assert [each["id"] for each in repeat["steps"]] == ["a"]
    assert end["id"] == "z"


def test_a_for_each_takes_its_usual_names() -> None:
    text = file(
        node("f", {"arrayVariable": "found.items"}, "forEach"),
        node("a", {"type": "twitterLikeTweet", "tweetId": "{{currentItem.id}}", "credentialId": "c"}),
        edges=[edge("f", "a", "loop")],
        variables={"found": {"items": []}},
    )
    (loop,) = steps(import_loopi(text))
    assert (loop["items"], loop["itemVariable"], loop["indexVariable"]) == (
        "{{found.items}}",
        "currentItem",
        "loopIndex",
    )
    assert loop["steps"][0]["tweetId"] == "{{currentItem.id}}"


def test_a_name_that_nothing_sets_is_empty_text_as_it_was() -> None:
    assert value_of("{{ a }} {{b[0].c}} {{d}}", d=1) == '{{a | default("")}} {{b[0].c | default("")}} {{d}}'


def test_what_is_no_placeholder_stays_the_text_it_was() -> None:
    assert value_of("{{ 1 + 1 }} {{").count("}}") == 3


def test_what_is_not_supported_is_named_and_the_rest_comes_over() -> None:
    text = file(
        node("a", {"type": "navigate", "description": "Open the shop", "value": "https://example.com"}),
        node("b", {"type": "codeExecute", "description": "Compute"}),
        node("s", {"type": "slackSendMessage"}),
        node("d", {"type": "wait", "value": "1"}),
    )
    found = import_loopi(text)
    assert [each["id"] for each in steps(found)] == ["d"]
    assert [note.split(":")[0] for note in found.notes] == [
        "The step “Open the shop” (navigate) was left out",
        "The step “Compute” (codeExecute) was left out",
        "The step “s” (slackSendMessage) was left out",
    ]


def test_a_question_for_a_browser_keeps_its_steps_switched_off() -> None:
    text = file(
        node("c", {"description": "Is it there?"}, "browserConditional"),
        node("a", {"type": "wait", "value": "1"}),
        edges=[edge("c", "a", "if")],
    )
    found = import_loopi(text)
    (branch,) = steps(found)
    assert branch["disabled"] is True
    assert [each["id"] for each in branch["then"]] == ["a"]
    assert "only a browser" in found.notes[0]


def test_keys_in_line_stay_for_the_vault_to_take() -> None:
    keys = {key: f"secret-{key}" for key in ("apiKey", "apiSecret", "accessToken", "accessSecret")}
    (made,) = steps(import_loopi(file(node("t", {"type": "twitterDeleteTweet", "tweetId": "1", **keys}))))
    assert keys.items() <= made.items()


def test_a_file_may_do_without_nodes_and_ids() -> None:
    bare = {"name": "Bare", "steps": [{"type": "wait", "value": "1"}, {"type": "wait", "value": 2}]}
    assert [each["id"] for each in steps(import_loopi(json.dumps(bare)))] == ["step-1", "step-2"]


@pytest.mark.parametrize(
    ("schedule", "kept"),
    [
        ({"type": "interval", "intervalMinutes": 15}, [("interval", "15")]),
        ({"type": "cron", "expression": "0 9 * * *"}, [("cron", "0 9 * * *")]),
        ({"type": "once", "datetime": "2030-01-01T10:00"}, [("once", "2030-01-01T10:00")]),
        ({"type": "manual"}, []),
        (None, []),
    ],
)
def test_when_it_ran_by_itself_is_kept(schedule: object, kept: list[tuple[str, str]]) -> None:
    found = import_loopi(file(node("w", {"type": "wait", "value": 1}), schedule=schedule))
    assert [(each.kind, each.value) for each in found.schedules] == kept


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nodes": []}', "nodes", "[" * 100_000])
def test_what_is_no_automation_is_said(text: str) -> None:
    with pytest.raises(ImportFailed) as refused:
        import_loopi(text)
    assert refused.value.code == "import.no_loopi"


@pytest.mark.parametrize("name", ["step-1", "0f6c1d2a", "1e5", "nœud", "w"])
def test_an_answer_is_found_whatever_its_steps_id(name: str) -> None:
    asks: dict[str, object] = {"type": "apiCall", "url": "https://h.example/", "storeKey": "r"}
    keeps: dict[str, object] = {"type": "setVariable", "variableName": "x", "value": "{{r.status}}"}
    made = steps(import_loopi(file(node(name, asks), node("n", keeps))))
    clean = made[0]["id"]
    assert made[1]["value"] in {f'{{{{steps["{clean}"].status}}}}', f"{{{{steps.{clean}.status}}}}"}


def test_a_key_in_plain_text_moves_into_a_credential() -> None:
    asks: dict[str, object] = {
        "type": "apiCall",
        "url": "https://h.example/?api_key=k-0001",
        "headers": {"X-Token": "t-0001"},
    }
    found = import_loopi(file(node("a", asks)))
    (credential,) = found.credentials
    assert "0001" not in json.dumps(found.automations)
    assert (credential.name, credential.hosts) == ("h.example", ("h.example",))
    assert {each.reveal() for each in credential.fields.values()} == {"k-0001", "t-0001"}


def test_a_name_that_nothing_sets_is_0_as_a_number_and_no_items() -> None:
    asked: dict[str, object] = {
        "variableConditionType": "variableGreaterThan",
        "variableName": "nope",
        "expectedValue": "1",
        "parseAsNumber": True,
    }
    loop: dict[str, object] = {"arrayVariable": "nope"}
    nodes = (node("c", asked, "variableConditional"), node("f", loop, "forEach"))
    (made,) = steps(import_loopi(file(*nodes, edges=[edge("c", "f", "if")])))
    assert made["condition"]["left"] == "{{nope | default(0) | number}}"
    assert made["then"][0]["items"] == "{{nope | default([])}}"
