"""Marks on somebody's tweet: like, retweet, and taking either back. Done twice they are as done once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.model import Json
from engine.steps.action import Action, ActionContext
from engine.steps.tweet_id import parse_tweet_id
from engine.steps.twitter import result, x_step
from engine.steps.twitter_params import Params
from engine.steps.twitter_price import MARK, UNMARK, flat

if TYPE_CHECKING:
    from engine.steps.twitter_client import XClient

# X names a reason of another kind: the author, the account or a limit.
_REASON = re.compile(r"block|limit|suspend|protect|locked", re.IGNORECASE)
_PLAN_MESSAGE = "X does not allow likes by API to this app."
_PLAN_WARNING = "X allows likes by API to enterprise customers only, and refuses all others."
_PLAN_HINT = (
    "Since 20 April 2026 X takes likes by API from enterprise customers only. "
    "Leave the step out, or ask X for access."
)


def _mark(type_: str, call: "Callable[[XClient, str], Mapping[str, Json]]", *, mills: int) -> Action:
    """A step that leaves `data`: `{"liked"}` or `{"retweeted"}`, as it is now."""

    def act(params: Params, context: ActionContext) -> StepResult:
        tweet_id = parse_tweet_id(params.get("tweetId"), field="tweetId")
        return result(context, lambda client: call(_numbered(client), tweet_id))

    return x_step(type_, act, "idempotent", price=lambda _params: flat(mills))


def _numbered(client: "XClient") -> "XClient":
    """Tweepy takes the account's number from the token: of one that has none it would take all."""
    if "-" not in str(getattr(client, "access_token", "")):
        raise LoopiError(
            "credential.incomplete",
            "The Access Token has no account's number before a -. Nothing was sent.",
            hint="Perhaps token and secret were swapped: copy both from X's developer portal again.",
        )
    return client


def _like(params: Params, context: ActionContext) -> StepResult:
    """As `_mark`. To those whose plan does not include it X says only "forbidden": here is why."""
    done = _MARK_LIKE.act(params, context)
    if done.failure is None or done.failure.code != "x.forbidden" or _REASON.search(done.failure.message):
        return done
    said = done.failure.message.partition("(")
    message = f"{_PLAN_MESSAGE} {said[1]}{said[2]}"
    return replace(
        done, failure=replace(done.failure, code="x.forbidden.plan", message=message, hint=_PLAN_HINT)
    )


_MARK_LIKE = _mark(
    "twitterLikeTweet", lambda client, tweet_id: client.like(tweet_id, user_auth=True), mills=MARK
)
LIKE_TWEET = replace(_MARK_LIKE, act=_like, warn=lambda _params: [_PLAN_WARNING])
UNLIKE_TWEET = _mark(
    "twitterUnlikeTweet", lambda client, tweet_id: client.unlike(tweet_id, user_auth=True), mills=UNMARK
)
RETWEET = _mark(
    "twitterRetweet", lambda client, tweet_id: client.retweet(tweet_id, user_auth=True), mills=MARK
)
UNDO_RETWEET = _mark(
    "twitterUndoRetweet", lambda client, tweet_id: client.unretweet(tweet_id, user_auth=True), mills=UNMARK
)
