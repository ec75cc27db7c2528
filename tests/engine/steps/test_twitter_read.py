import json
from pathlib import Path

import pytest

from engine.steps.action import Action
from engine.steps.twitter_read import EXPANSIONS, MORE_FIELDS, SEARCH_TWEETS, TWEET_FIELDS, USER_TWEETS
from servers import x_problems
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun
from servers.x_state import Json

ME = Account()
SCHEMAS = Path(__file__).parents[3] / "schemas" / "steps"
OPENAPI = Path(__file__).parents[4] / "shared" / "data" / "x-api-2.166.openapi.json"


def test_a_search_leaves_plain_tweets_with_their_authors(x: XServer, run: XRun) -> None:
    tweet = x.state.add_tweet(ME.user_id, "rain & café in London")
    data = run.act(SEARCH_TWEETS, searchQuery="café & from:loopi_test").output["data"]
    assert isinstance(data, list)
    assert (data[0]["id"], data[0]["author_id"]) == (tweet.id, ME.user_id)
    assert x.requests[0].query["tweet.fields"] == ",".join(TWEET_FIELDS)
    assert "expansions" not in x.requests[0].query


def test_a_search_without_a_hit_leaves_an_empty_list(run: XRun) -> None:
    result = run.act(SEARCH_TWEETS, searchQuery="nothing")
    assert (result.status, result.output["data"]) == ("ok", [])


@pytest.mark.parametrize(("pages", "expected"), [(None, 10), (2, 20), ("3", 25), (9, 25)])
def test_a_search_reads_as_many_pages_as_it_is_told(
    x: XServer, run: XRun, pages: object, expected: int
) -> None:
    made = [x.state.add_tweet(ME.user_id, f"note {n}").id for n in range(25)]
    data = run.act(SEARCH_TWEETS, searchQuery="note", pages=pages).output["data"]
    assert isinstance(data, list)
    assert [tweet["id"] for tweet in data] == made[::-1][:expected]


def test_times_are_sent_in_utc(x: XServer, run: XRun) -> None:
    x.fail_next(200, {"meta": {"result_count": 0}})
    run.act(SEARCH_TWEETS, searchQuery="a", startTime="2026-03-01T01:00:00+02:00", endTime="2026-03-02T00:00")
    query = x.requests[0].query
    assert (query["start_time"], query["end_time"]) == ("2026-02-28T23:00:00Z", "2026-03-02T00:00:00Z")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("maxResults", 9),
        ("maxResults", 101),
        ("maxResults", "many"),
        ("maxResults", 10.5),
        ("maxResults", "1e2"),
        ("pages", 0),
        ("pages", 101),
        ("startTime", "yesterday"),
        ("endTime", "0001-01-01T00:00:00+14:00"),
        ("searchQuery", "\ud800"),
        ("searchQuery", " "),
    ],
)
def test_a_search_field_out_of_range_is_named_before_any_request(
    x: XServer, run: XRun, name: str, value: object
) -> None:
    error = run.refused(SEARCH_TWEETS, **({"searchQuery": "a"} | {name: value}))
    assert (error.code, name in error.message) == ("x.invalid_field", True)
    assert x.requests == []


def test_a_refused_page_fails_the_whole_search(x: XServer, run: XRun) -> None:
    for n in range(15):
        x.state.add_tweet(ME.user_id, f"note {n}")
    x.hold_next().set()
    x.fail_next(*x_problems.too_many(1_790_000_900))
    result = run.act(SEARCH_TWEETS, searchQuery="note", pages=2)
    assert result.failure is not None
    assert (result.failure.code, result.failure.retry_at) == ("x.rate_limited", 1_790_000_901.0)


def test_another_try_goes_on_with_the_page_that_failed(x: XServer, run: XRun) -> None:
    made = [x.state.add_tweet(ME.user_id, f"note {n}").id for n in range(25)]
    x.hold_next().set()
    x.fail_next(503, {})
    assert run.act(SEARCH_TWEETS, searchQuery="note", pages=3).failure is not None
    data = run.act(SEARCH_TWEETS, searchQuery="note", pages=3).output["data"]
    assert isinstance(data, list)
    assert [tweet["id"] for tweet in data] == made[::-1]
    tokens = [each.query.get("next_token") for each in x.requests]
    assert len(tokens) == 4
    assert (tokens[0], tokens[1]) == (None, tokens[2])


def test_a_place_that_x_does_not_know_any_more_leads_back_to_the_first_page(x: XServer, run: XRun) -> None:
    made = [x.state.add_tweet(ME.user_id, f"note {n}").id for n in range(15)]
    x.hold_next().set()
    x.fail_next(503, {})
    x.fail_next(*x_problems.invalid("The `next_token` query parameter value is not valid"))
    assert run.act(SEARCH_TWEETS, searchQuery="note", pages=2).failure is not None
    data = run.act(SEARCH_TWEETS, searchQuery="note", pages=2).output["data"]
    assert isinstance(data, list)
    assert [tweet["id"] for tweet in data] == made[::-1]
    assert len(x.requests) == 5


def test_who_wrote_comes_along_once_when_asked_for(x: XServer, run: XRun) -> None:
    for n in range(15):
        x.state.add_tweet(ME.user_id, f"note {n}")
    output = run.act(SEARCH_TWEETS, searchQuery="note", pages=2, expansions=["author_id"]).output
    assert output["meta"] == {"result_count": 15}
    includes = output["includes"]
    assert isinstance(includes, dict)
    assert [user["username"] for user in includes["users"]] == [ME.username]
    assert includes["users"][0]["public_metrics"]


def test_more_fields_are_asked_for_by_name(x: XServer, run: XRun) -> None:
    run.act(SEARCH_TWEETS, searchQuery="a", moreFields=["entities", "source", "entities"])
    assert x.requests[0].query["tweet.fields"] == ",".join([*TWEET_FIELDS, "entities", "source"])


@pytest.mark.parametrize("name", ["moreFields", "expansions"])
@pytest.mark.parametrize("action", [SEARCH_TWEETS, USER_TWEETS])
def test_a_field_that_x_does_not_have_is_named_before_any_request(
    x: XServer, run: XRun, action: Action, name: str
) -> None:
    error = run.refused(action, searchQuery="a", userId="1", **{name: ["author", "password"]})
    assert (error.code, name in error.message, x.requests) == ("x.invalid_field", True, [])


@pytest.mark.parametrize("user", [ME.username, f"@{ME.username}", ME.user_id])
def test_the_tweets_of_an_account_are_read_by_name_or_id(x: XServer, run: XRun, user: str) -> None:
    x.state.add_tweet(x.state.add_user("friend").id, "not this one")
    made = [x.state.add_tweet(ME.user_id, f"note {n}").id for n in range(12)]
    data = run.act(USER_TWEETS, userId=user, maxResults=5, pages=2).output["data"]
    assert isinstance(data, list)
    assert [tweet["id"] for tweet in data] == made[::-1][:10]
    asked = [request.path for request in x.requests if "by/username" in request.path]
    assert len(asked) == (user != ME.user_id)


def test_replies_are_left_out_when_the_step_says_so(x: XServer, run: XRun) -> None:
    first = x.state.add_tweet(ME.user_id, "first")
    x.state.add_tweet(ME.user_id, "second", replied_to=first.id)
    data = run.act(USER_TWEETS, userId=ME.user_id, exclude=["replies"]).output["data"]
    assert isinstance(data, list)
    assert [tweet["id"] for tweet in data] == [first.id]


def test_the_tweets_of_an_unknown_name_are_not_found(run: XRun) -> None:
    failure = run.act(USER_TWEETS, userId="nobody").failure
    assert failure is not None
    assert failure.code == "x.not_found"


def test_a_partial_answer_is_kept_with_a_warning(x: XServer, run: XRun) -> None:
    gone: Json = [x_problems.not_found("referenced_tweets.id", "7", "tweet")]
    x.fail_next(200, {"data": [{"id": "1", "text": "a"}], "errors": gone, "meta": {"result_count": 1}})
    result = run.act(SEARCH_TWEETS, searchQuery="a")
    assert (result.status, result.output["data"]) == ("ok", [{"id": "1", "text": "a"}])
    assert "Could not find tweet with referenced_tweets.id: [7]." in str(result.output["warning"])
    assert result.output["errors"] == gone


@pytest.mark.parametrize("type_", ["twitterSearchTweets", "twitterUserTweets"])
def test_the_schema_offers_what_the_step_takes(type_: str) -> None:
    properties = json.loads((SCHEMAS / f"{type_}.schema.json").read_text("utf-8"))["properties"]
    assert properties["moreFields"]["items"]["enum"] == list(MORE_FIELDS)
    assert properties["expansions"]["items"]["enum"] == list(EXPANSIONS)


@pytest.mark.skipif(not OPENAPI.exists(), reason="X's OpenAPI document is not at hand")
def test_what_is_asked_for_is_what_x_documents() -> None:
    parameters = json.loads(OPENAPI.read_text(encoding="utf-8"))["components"]["parameters"]

    def known(name: str) -> set[str]:
        return set(parameters[name]["schema"]["items"]["enum"])

    assert {*TWEET_FIELDS, *MORE_FIELDS} <= known("TweetFieldsParameter")
    assert EXPANSIONS.keys() <= known("TweetExpansionsParameter")
    names = {"user_fields": "User", "tweet_fields": "Tweet", "media_fields": "Media", "poll_fields": "Poll"}
    for argument, fields in EXPANSIONS.values():
        assert set(fields) <= known(f"{names[argument]}FieldsParameter")
