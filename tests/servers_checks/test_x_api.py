import json
from pathlib import Path
from typing import Literal, TypeAlias

import httpx
import jsonschema
import pytest
from oauthlib.oauth1 import Client

from servers import x_problems
from servers.x_api import Account, XServer
from servers.x_state import Json

ME = Account()
FIELDS = "author_id,created_at,public_metrics,conversation_id,lang,referenced_tweets"
Method: TypeAlias = Literal["GET", "POST", "DELETE"]
OPENAPI = Path(__file__).parents[3] / "shared" / "data" / "x-api-2.166.openapi.json"


def call(x: XServer, method: Method, target: str, body: Json = None) -> httpx.Response:
    """One signed request over a connection of its own."""
    signer = Client(ME.consumer_key, ME.consumer_secret, ME.token, ME.token_secret)
    url, headers, _ = signer.sign(x.url + target, http_method=method)
    with httpx.Client(trust_env=False) as client:
        return client.request(method, url, headers=headers, json=body)


def test_a_created_tweet_is_returned_html_escaped_and_kept_as_written(x: XServer) -> None:
    answer = call(x, "POST", "/2/tweets", {"text": "a < b & c"})
    assert (answer.status_code, answer.json()["data"]["text"]) == (201, "a &lt; b &amp; c")
    assert [tweet.text for tweet in x.state.tweets.values()] == ["a < b & c"]


def test_the_same_text_twice_is_refused(x: XServer) -> None:
    assert [call(x, "POST", "/2/tweets", {"text": "once"}).status_code for _ in range(2)] == [201, 403]


def test_an_unknown_user_is_a_200_with_errors_and_no_data(x: XServer) -> None:
    answer = call(x, "GET", "/2/users/by/username/nobody")
    assert answer.status_code == 200
    assert "data" not in answer.json()
    assert answer.json()["errors"][0]["title"] == "Not Found Error"


def test_author_id_comes_only_when_asked_for(x: XServer) -> None:
    x.state.add_tweet(ME.user_id, "hello")
    plain = call(x, "GET", "/2/tweets/search/recent?query=hello").json()["data"][0]
    asked = call(x, "GET", "/2/tweets/search/recent?query=hello&tweet.fields=author_id").json()["data"][0]
    assert "author_id" not in plain
    assert asked["author_id"] == ME.user_id


def test_search_pages_reach_every_tweet_once(x: XServer) -> None:
    made = [x.state.add_tweet(ME.user_id, f"note {n}").id for n in range(25)]
    found: list[str] = []
    token = ""
    for _ in range(3):
        page = call(x, "GET", f"/2/tweets/search/recent?query=note&max_results=10{token}").json()
        found += [tweet["id"] for tweet in page["data"]]
        token = "&next_token=" + page["meta"].get("next_token", "")
    assert found == made[::-1]
    assert token == "&next_token="


@pytest.mark.parametrize("size", ["9", "101", "many"])
def test_a_page_size_out_of_range_is_refused(x: XServer, size: str) -> None:
    assert call(x, "GET", f"/2/tweets/search/recent?query=a&max_results={size}").status_code == 400


def test_dates_come_with_and_without_milliseconds(x: XServer) -> None:
    for n in range(2):
        x.state.add_tweet(ME.user_id, f"note {n}")
    page = call(x, "GET", "/2/tweets/search/recent?query=note&tweet.fields=created_at").json()["data"]
    assert {len(tweet["created_at"]) for tweet in page} == {20, 24}


def test_each_answer_counts_the_limit_down(x: XServer) -> None:
    left = [call(x, "GET", "/2/users/me").headers["x-rate-limit-remaining"] for _ in range(2)]
    assert left == ["74", "73"]


def test_a_scripted_failure_meets_one_request_and_changes_nothing(x: XServer) -> None:
    x.fail_next(*x_problems.DUPLICATE)
    assert [call(x, "POST", "/2/tweets", {"text": "a"}).status_code for _ in range(2)] == [403, 201]


def test_a_dropped_request_changes_nothing_and_a_lost_answer_does(x: XServer) -> None:
    x.drop_next()
    x.lose_next_answer()
    for _ in range(2):
        with pytest.raises(httpx.RemoteProtocolError):
            call(x, "POST", "/2/tweets", {"text": "a"})
    assert len(x.requests) == 2
    assert len(x.state.tweets) == 1


def test_likes_retweets_and_messages_are_remembered(x: XServer) -> None:
    tweet, friend = x.state.add_tweet(ME.user_id, "a"), x.state.add_user("friend")
    body: Json = {"tweet_id": tweet.id}
    assert call(x, "POST", f"/2/users/{ME.user_id}/likes", body).json() == {"data": {"liked": True}}
    assert call(x, "POST", f"/2/users/{ME.user_id}/retweets", body).json() == {"data": {"retweeted": True}}
    sent = call(x, "POST", f"/2/dm_conversations/with/{friend.id}/messages", {"text": "hi"})
    assert sent.status_code == 201
    assert x.state.messages == [(ME.user_id, friend.id, "hi")]


@pytest.mark.skipif(not OPENAPI.exists(), reason="X's OpenAPI document is not at hand")
@pytest.mark.parametrize(
    ("request_", "schema"),
    [
        (("POST", "/2/tweets", {"text": "new"}), "TweetCreateResponse"),
        (("DELETE", "/2/tweets/1900000000000000001", None), "TweetDeleteResponse"),
        (
            ("GET", "/2/users/by/username/loopi_test?user.fields=created_at,public_metrics", None),
            "Get2UsersByUsernameUsernameResponse",
        ),
        (("GET", "/2/users/by/username/nobody", None), "Get2UsersByUsernameUsernameResponse"),
        (("GET", "/2/users/me", None), "Get2UsersMeResponse"),
        (
            ("GET", "/2/tweets/search/recent?query=note&expansions=author_id&tweet.fields=" + FIELDS, None),
            "Get2TweetsSearchRecentResponse",
        ),
        (("GET", "/2/tweets/search/recent?query=nothing", None), "Get2TweetsSearchRecentResponse"),
        (("GET", f"/2/users/{ME.user_id}/tweets", None), "Get2UsersIdTweetsResponse"),
        (
            ("POST", f"/2/users/{ME.user_id}/likes", {"tweet_id": "1900000000000000001"}),
            "UsersLikesCreateResponse",
        ),
        (("DELETE", f"/2/users/{ME.user_id}/likes/1900000000000000001", None), "UsersLikesDeleteResponse"),
        (
            ("POST", f"/2/users/{ME.user_id}/retweets", {"tweet_id": "1900000000000000001"}),
            "UsersRetweetsCreateResponse",
        ),
        (("POST", f"/2/users/{ME.user_id}/retweets", {"tweet_id": "1"}), "UsersRetweetsCreateResponse"),
        (
            ("POST", f"/2/dm_conversations/with/{ME.user_id}/messages", {"text": "hi"}),
            "CreateDmEventResponse",
        ),
    ],
)
def test_an_answer_is_of_the_shape_that_x_documents(
    x: XServer, request_: tuple[Method, str, Json], schema: str
) -> None:
    first = x.state.add_tweet(ME.user_id, "note 1")
    x.state.add_tweet(ME.user_id, "note 2", replied_to=first.id)
    answer = call(x, *request_)
    assert answer.status_code in {200, 201}
    jsonschema.validate(answer.json(), _schema(schema))


@pytest.mark.skipif(not OPENAPI.exists(), reason="X's OpenAPI document is not at hand")
@pytest.mark.parametrize(
    ("problem", "schema"),
    [
        (x_problems.UNAUTHORIZED, "Problem"),
        (x_problems.invalid("no", query=[""]), "InvalidRequestProblem"),
        (x_problems.NO_WRITE_PERMISSION, "Oauth1PermissionsProblem"),
        (x_problems.NOT_ENROLLED, "ClientForbiddenProblem"),
        (x_problems.USAGE_CAP, "UsageCapExceededProblem"),
        (x_problems.CONFLICT, "ConflictProblem"),
        (x_problems.CREDITS_DEPLETED, "Problem"),
    ],
)
def test_a_ready_made_refusal_is_of_the_shape_that_x_documents(
    problem: x_problems.Problem, schema: str
) -> None:
    assert isinstance(problem.body, dict)
    assert problem.body.get("status", problem.status) == problem.status
    jsonschema.validate(problem.body, _schema(schema))


def _schema(name: str) -> dict[str, object]:
    """One response schema of the OpenAPI document, with all that it refers to, every object closed.

    Closed, because X's schemas require hardly anything: a misspelt field would pass an open one.
    """
    document = json.loads(OPENAPI.read_text(encoding="utf-8"))
    schemas = document["components"]["schemas"]
    schemas["Tweet"]["properties"].setdefault("edit_history_tweet_ids", {"type": "array"})
    for each in ("Tweet", "User", name):
        if "properties" in schemas[each] and "Problem" not in each:
            schemas[each].setdefault("additionalProperties", False)
    return {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
