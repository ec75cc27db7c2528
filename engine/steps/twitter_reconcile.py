"""Was a tweet posted? Asked when the program ended before X answered: reads the account's own timeline.

X refuses a second tweet of the same text, so one that says the same is it; but not where the same words may
go out again, as a reply to somebody else or with another picture. Then it must have the same aim as well.
"""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unicodedata import normalize

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.model import Json
from engine.steps.action import ActionContext
from engine.steps.tweet_id import parse_tweet_id
from engine.steps.tweet_length import without_urls
from engine.steps.twitter_params import Params, media_ids, text
from engine.steps.twitter_read import read_pages

if TYPE_CHECKING:
    from engine.steps.twitter_client import XClient

# A request that was under way may still be carried out, and a timeline may show a tweet a little late.
SETTLED_S = 30.0
# OAuth 1.0a lets no clock through that is off by more than five minutes.
SKEW_S = 600.0
MAX_PAGES = 32
_SHORTENED = re.compile(r"https://t\.co/\w+")
_FIELDS = ["created_at", "note_tweet", "referenced_tweets", "attachments"]
_LEFT = ("id", "text", "edit_history_tweet_ids")


def posted(params: Params, context: ActionContext, intended_at: float) -> StepResult | None:
    """What `create_tweet` would have left, or None when the timeline does not have the tweet.

    Raises LoopiError `run.outcome_unknown` when that cannot be told, and what asking X raises.
    """
    from engine.steps.twitter_client import open_client

    written = text(params, "text")
    if not _words(without_urls(written)):
        raise _unclear("The tweet has no words of its own by which it could be found.")
    clock = context.resources.clock
    rest_s = intended_at + SETTLED_S - clock.now()
    if rest_s > 0:
        clock.wait(rest_s, context.is_cancelled)
    found = [
        each
        for each in _timeline(open_client(context, is_once=False), intended_at)
        if _is_same(each, written) and _aims_alike(each, params)
    ]
    if not found:
        return None
    if len(found) > 1:
        raise _unclear("The timeline has more than one tweet that says this.")
    if _hides_its_aim(found[0], params) and _moment(found[0]).timestamp() < intended_at - 1:
        raise _unclear(
            "The timeline has an older tweet that says this, and does not tell what it replies to."
        )
    return StepResult("ok", {"data": {key: found[0][key] for key in _LEFT if key in found[0]}})


def _timeline(client: "XClient", intended_at: float) -> list[Mapping[str, Json]]:
    me = client.get_me(user_auth=True).get("data")
    if not isinstance(me, Mapping):
        raise _unclear("X did not say whose account this is.")
    since = datetime.fromtimestamp(intended_at - SKEW_S, UTC)
    fields = {"start_time": since, "max_results": 100, "tweet_fields": _FIELDS}
    answer = read_pages(
        lambda page: client.get_users_tweets(str(me["id"]), user_auth=True, **fields, **page),
        pages=MAX_PAGES,
        place="pagination_token",
        progress={},
    )
    data = answer.get("data")
    tweets = [each for each in data if isinstance(each, Mapping)] if isinstance(data, list) else []
    return [each for each in tweets if _moment(each) >= since]


def _moment(tweet: Mapping[str, Json]) -> datetime:
    return datetime.fromisoformat(str(tweet["created_at"])).astimezone(UTC)


def _is_same(tweet: Mapping[str, Json], written: str) -> bool:
    note = tweet.get("note_tweet")
    whole = note.get("text") if isinstance(note, Mapping) else tweet.get("text")
    shown = without_urls(_SHORTENED.sub("", html.unescape(str(whole))))
    return _words(shown) == _words(without_urls(written))


def _aims_alike(tweet: Mapping[str, Json], params: Params) -> bool:
    """Whether nothing that the timeline tells speaks against the same tweets, and media, as in the step."""
    return all(shown in (None, wanted) for shown, wanted in _aims(tweet, params))


def _hides_its_aim(tweet: Mapping[str, Json], params: Params) -> bool:
    return any(wanted and shown is None for shown, wanted in _aims(tweet, params))


def _aims(tweet: Mapping[str, Json], params: Params) -> tuple[tuple[set[str] | None, set[str]], ...]:
    """Tweets it refers to, and its media: as the timeline tells (None: not at all), and as the step says."""
    named = ((name, text(params, name).strip()) for name in ("replyToTweetId", "quoteTweetId"))
    tweets = {parse_tweet_id(value, field=name) for name, value in named if value}
    shown = tweet.get("referenced_tweets")
    ids = (
        {str(each.get("id")) for each in shown if isinstance(each, Mapping)}
        if isinstance(shown, list)
        else None
    )
    attached = tweet.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, Mapping) else None
    media = {str(key).rpartition("_")[2] for key in keys} if isinstance(keys, list) else None
    return (ids, tweets), (media, set(media_ids(params, most=4)))


def _words(written: str) -> list[str]:
    return normalize("NFC", written).split()


def _unclear(why: str) -> LoopiError:
    return LoopiError("run.outcome_unknown", why, hint="Look at the account's timeline.")
