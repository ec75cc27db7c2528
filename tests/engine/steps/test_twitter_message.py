import json
from pathlib import Path

import jsonschema
import pytest

from engine.steps.twitter_message import MESSAGE_LIMIT, SEND_DM
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun

ME = Account()
OPENAPI = Path(__file__).parents[4] / "shared" / "data" / "x-api-2.166.openapi.json"


@pytest.mark.parametrize("name", ["friend", "@friend", " @Friend "])
def test_a_message_is_sent_to_a_name(x: XServer, run: XRun, name: str) -> None:
    friend = x.state.add_user("friend")
    data = run.act(SEND_DM, userId=name, text="hi & bye").output["data"]
    assert isinstance(data, dict)
    assert data["dm_event_id"]
    assert x.state.messages == [(ME.user_id, friend.id, "hi & bye")]


def test_an_id_is_not_looked_up(x: XServer, run: XRun) -> None:
    friend = x.state.add_user("friend")
    run.act(SEND_DM, userId=int(friend.id), text="hi")
    assert [request.method for request in x.requests] == ["POST"]


def test_a_name_is_looked_up_once_in_a_run(x: XServer, run: XRun) -> None:
    x.state.add_user("friend")
    for text in ("one", "two"):
        run.act(SEND_DM, userId="@friend", text=text)
    assert [request.method for request in x.requests] == ["GET", "POST", "POST"]


def test_a_name_that_nobody_has_fails_before_anything_is_sent(x: XServer, run: XRun) -> None:
    result = run.act(SEND_DM, userId="nobody", text="hi")
    assert result.failure is not None
    assert (result.status, result.failure.code, x.state.messages) == ("error", "x.not_found", [])


def test_a_message_whose_answer_was_lost_is_unknown_and_its_look_up_is_not(x: XServer, run: XRun) -> None:
    x.state.add_user("friend")
    x.hold_next().set()
    x.lose_next_answer()
    result = run.act(SEND_DM, userId="friend", text="hi")
    assert result.failure is not None
    assert (result.status, result.failure.code) == ("unknown", "x.no_answer")
    assert len(x.state.messages) == 1


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"userId": "a b", "text": "hi"}, "userId"),
        ({"userId": "1", "text": " "}, "text"),
        ({"userId": "1", "text": "a" * (MESSAGE_LIMIT + 1)}, "text"),
        ({"userId": "1", "mediaId": "1,2"}, "mediaId"),
    ],
)
def test_a_field_that_x_cannot_take_is_named_before_any_request(
    x: XServer, run: XRun, params: dict[str, object], named: str
) -> None:
    error = run.refused(SEND_DM, **params)
    assert (error.code, named in error.message, x.requests) == ("x.invalid_field", True, [])


@pytest.mark.skipif(not OPENAPI.exists(), reason="X's OpenAPI document is not at hand")
@pytest.mark.parametrize("fields", [{"text": "a"}, {"mediaId": "1"}, {"text": "a", "mediaId": "1"}])
def test_a_message_is_of_the_shape_that_x_documents(x: XServer, run: XRun, fields: dict[str, str]) -> None:
    friend = x.state.add_user("friend")
    run.act(SEND_DM, userId=friend.id, **fields)
    schemas = json.loads(OPENAPI.read_text(encoding="utf-8"))["components"]["schemas"]
    schema = {"$ref": "#/components/schemas/CreateMessageRequest", "components": {"schemas": schemas}}
    body = json.loads(x.requests[-1].body)
    jsonschema.validate(body, schema)
    assert ("text" in body, "attachments" in body) == ("text" in fields, "mediaId" in fields)


def test_a_message_is_sent_once() -> None:
    assert SEND_DM.classify({}) == "once"
