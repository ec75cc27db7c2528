import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from engine.errors import LoopiError
from engine.steps.action import Action
from engine.steps.twitter import CREATE_TWEET, SEARCH_TWEETS, SEARCH_USER, TWEET_FIELDS
from servers import x_problems
from servers.oauth1 import Account
from servers.x_api import XServer
from servers.x_run import XRun, x_run
from servers.x_state import Json

ME = Account()
ROOT = Path(__file__).parents[3]
OPENAPI = ROOT.parent / "shared" / "data" / "x-api-2.166.openapi.json"


@pytest.fixture
def run(x: XServer) -> Iterator[XRun]:
    with x_run(x.url) as made:
        yield made


def refused(run: XRun, action: Action, **params: object) -> LoopiError:
    with pytest.raises(LoopiError) as caught:
        run.act(action, **params)
    return caught.value


def body_of(x: XServer) -> dict[str, Json]:
    found = json.loads(x.requests[-1].body)
    assert isinstance(found, dict)
    return found


def test_a_tweet_is_posted_as_written_and_left_as_plain_data(x: XServer, run: XRun) -> None:
    result = run.act(CREATE_TWEET, text="30 °C & rising 🌡️")
    assert result.status == "ok"
    assert [tweet.text for tweet in x.state.tweets.values()] == ["30 °C & rising 🌡️"]
    assert result.output["data"] == {
        "id": "1900000000000000001",
        "text": "30 °C &amp; rising 🌡️",
        "edit_history_tweet_ids": ["1900000000000000001"],
    }


def test_a_reply_takes_the_tweet_by_its_address(x: XServer, run: XRun) -> None:
    first = x.state.add_tweet(ME.user_id, "first")
    run.act(CREATE_TWEET, text="second", replyToTweetId=f"https://x.com/i/web/status/{first.id}")
    assert list(x.state.tweets.values())[-1].replied_to == first.id


def test_every_field_reaches_x_under_its_own_name(x: XServer, run: XRun) -> None:
    quoted = x.state.add_tweet(ME.user_id, "first")
    run.act(CREATE_TWEET, text="a", quoteTweetId=int(quoted.id), replySettings="following")
    assert body_of(x) == {"text": "a", "quote_tweet_id": quoted.id, "reply_settings": "following"}
    run.act(CREATE_TWEET, text="b", mediaId="1, 22", replySettings="everyone")
    assert body_of(x) == {"text": "b", "media": {"media_ids": ["1", "22"]}}
    run.act(CREATE_TWEET, text="c", pollOptions=["yes", "no"], pollDurationMinutes="60")
    assert body_of(x) == {"text": "c", "poll": {"options": ["yes", "no"], "duration_minutes": 60}}


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"text": "  "}, "text"),
        ({}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "half \ud83d"}, "text"),
        ({"text": "a", "mediaId": "../1"}, "mediaId"),
        ({"text": "a", "mediaId": "1,2,3,4,5"}, "mediaId"),
        ({"text": "a", "pollOptions": ["only"]}, "pollOptions"),
        ({"text": "a", "pollOptions": ["yes", "n" * 26]}, "pollOptions"),
        ({"text": "a", "pollOptions": ["yes", "no"], "pollDurationMinutes": 4}, "pollDurationMinutes"),
        ({"text": "a", "pollOptions": ["yes", "no"], "mediaId": "1"}, "only one"),
        ({"text": "a", "replySettings": "nobody"}, "replySettings"),
        ({"text": "a", "replyToTweetId": "https://x.com.evil.example/a/status/1"}, "replyToTweetId"),
    ],
)
def test_a_field_that_x_cannot_take_is_named_before_any_request(
    x: XServer, run: XRun, params: dict[str, object], named: str
) -> None:
    error = refused(run, CREATE_TWEET, **params)
    assert error.code in {"x.invalid_field", "x.tweet_id"}
    assert named in error.message
    assert x.requests == []


@pytest.mark.parametrize("name", ["loopi_test", "@loopi_test", " @LOOPI_test "])
def test_a_user_is_found_with_or_without_the_at_sign(run: XRun, name: str) -> None:
    data = run.act(SEARCH_USER, username=name).output["data"]
    assert isinstance(data, dict)
    assert (data["id"], data["name"], data["username"]) == (ME.user_id, ME.name, ME.username)
    assert data["public_metrics"]


@pytest.mark.parametrize("name", ["", "@", "a" * 16, "a/b", "../me", "a?b", "ä", "a b", "a\n@b"])
def test_a_name_that_would_change_the_path_is_refused_before_any_request(
    x: XServer, run: XRun, name: str
) -> None:
    assert refused(run, SEARCH_USER, username=name).code == "x.invalid_field"
    assert x.requests == []


def test_an_unknown_user_fails_the_step_although_x_answers_200(run: XRun) -> None:
    result = run.act(SEARCH_USER, username="nobody")
    assert result.failure is not None
    assert (result.status, result.failure.code) == ("error", "x.not_found")
    assert "Could not find user with username: [nobody]." in result.failure.message


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
    error = refused(run, SEARCH_TWEETS, **({"searchQuery": "a"} | {name: value}))
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


@pytest.mark.skipif(not OPENAPI.exists(), reason="X's OpenAPI document is not at hand")
@pytest.mark.parametrize(
    "params",
    [
        {"text": "a", "replyToTweetId": "1", "quoteTweetId": "2", "replySettings": "subscribers"},
        {"text": "a", "pollOptions": ["yes", "no"]},
        {"mediaId": "1,2"},
    ],
)
def test_a_post_is_of_the_shape_that_x_documents(x: XServer, run: XRun, params: dict[str, object]) -> None:
    x.fail_next(201, {"data": {"id": "1", "text": "a"}})
    run.act(CREATE_TWEET, **params)
    schemas = json.loads(OPENAPI.read_text(encoding="utf-8"))["components"]["schemas"]
    schema = {"$ref": "#/components/schemas/TweetCreateRequest", "components": {"schemas": schemas}}
    assert schemas["TweetCreateRequest"]["additionalProperties"] is False
    jsonschema.validate(body_of(x), schema)


def test_tweepy_is_not_imported_before_a_step_acts() -> None:
    code = "import sys, engine.steps.twitter; print({'tweepy', 'requests', 'h11'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"


def test_posting_is_done_once_and_searching_may_be_repeated() -> None:
    assert CREATE_TWEET.classify({}) == "once"
    assert {SEARCH_USER.classify({}), SEARCH_TWEETS.classify({})} == {"read"}


@pytest.mark.parametrize("action", [CREATE_TWEET, SEARCH_USER, SEARCH_TWEETS])
def test_each_step_needs_a_twitter_credential(action: Action) -> None:
    assert action.needs_credential
    assert action.credential_types == ("twitter",)


def test_a_long_text_is_warned_of_with_its_count() -> None:
    assert CREATE_TWEET.warn({"text": "a" * 280}) == []
    assert "counts 282" in CREATE_TWEET.warn({"text": "日" * 141})[0]
    assert CREATE_TWEET.warn({"text": "{{name}}" + "a" * 300}) == []
    assert CREATE_TWEET.warn({}) == []
