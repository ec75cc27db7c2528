"""Tweets that are made and unmade: `twitterCreateTweet`, `twitterDeleteTweet`."""

from collections.abc import Mapping
from dataclasses import replace

from engine.effects import StepResult
from engine.model import Json
from engine.steps.action import ActionContext
from engine.steps.tweet_id import parse_tweet_id
from engine.steps.tweet_length import TWEET_LIMIT, weighted_length, without_placeholders
from engine.steps.twitter import result, x_step
from engine.steps.twitter_params import Params, invalid, media_ids, text, texts, whole_number
from engine.steps.twitter_price import DELETE, of_post
from engine.steps.twitter_reconcile import posted

_REPLY_SETTINGS = ("everyone", "following", "mentionedUsers", "subscribers", "verified")


def create_tweet(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: `{"id", "text", "edit_history_tweet_ids"}`."""
    _refuse_emptied(params, context.step.params)
    fields = tweet_fields(params)
    return result(context, lambda client: client.create_tweet(user_auth=True, **fields), is_once=True)


def delete_tweet(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: `{"deleted"}`."""
    tweet_id = parse_tweet_id(params.get("tweetId"), field="tweetId")
    return result(context, lambda client: client.delete_tweet(tweet_id, user_auth=True))


def tweet_fields(params: Params) -> dict[str, object]:
    """The arguments for a tweet. Raises LoopiError `x.invalid_field`, `x.tweet_id`."""
    media = media_ids(params, most=4)
    poll = texts(params, "pollOptions")
    written = text(params, "text")
    if not (written.strip() or media):
        raise invalid("text must not be empty, unless the tweet has media.")
    fields: dict[str, object] = {"text": written or None, "media_ids": media or None}
    for name, argument in (("replyToTweetId", "in_reply_to_tweet_id"), ("quoteTweetId", "quote_tweet_id")):
        if text(params, name).strip():
            fields[argument] = parse_tweet_id(params[name], field=name)
    if sum(map(bool, (media, poll, fields.get("quote_tweet_id")))) > 1:
        raise invalid("A tweet can have media, a poll or a quote, and only one of them.")
    return {**fields, **_poll(params, poll), **_reply_settings(params)}


def _refuse_emptied(params: Params, written: Mapping[str, Json]) -> None:
    """A reply whose tweet came out empty would go to everybody; who wants that says `default("")`."""
    for name in ("replyToTweetId", "quoteTweetId", "mediaId"):
        template = written.get(name)
        is_meant = isinstance(template, str) and template.strip() and "default(" not in template
        if is_meant and not _is_given(params, name):
            raise invalid(f"{name} came out empty: {template} holds nothing.")


def _is_given(params: Params, name: str) -> bool:
    value = params.get(name)
    return bool(value.strip() if isinstance(value, str) else value)


def _poll(params: Params, options: list[str]) -> dict[str, object]:
    if not options:
        return {}
    if not 2 <= len(options) <= 4 or not all(1 <= len(each) <= 25 for each in options):
        raise invalid("pollOptions must be two to four texts of 1 to 25 characters.")
    minutes = whole_number(params, "pollDurationMinutes", range(5, 10_081), default=1440)
    return {"poll_options": options, "poll_duration_minutes": minutes}


def _reply_settings(params: Params) -> dict[str, object]:
    chosen = text(params, "replySettings").strip() or "everyone"
    if chosen not in _REPLY_SETTINGS:
        raise invalid(f"replySettings must be one of {', '.join(_REPLY_SETTINGS)}.")
    # X has no word for it: everyone may reply when nothing is said.
    return {} if chosen == "everyone" else {"reply_settings": chosen}


def warn(params: Mapping[str, Json]) -> list[str]:
    """What may be refused: a text that is too long, and a quote."""
    quote = ["X allows quotes by API to enterprise customers only."] if params.get("quoteTweetId") else []
    return warn_of_length(params) + quote


def warn_of_length(params: Mapping[str, Json]) -> list[str]:
    """A warning when the text is longer than X allows most accounts, placeholders not counted."""
    written = params.get("text")
    if not isinstance(written, str):
        return []
    known = without_placeholders(written)
    length = weighted_length(known)
    if length <= TWEET_LIMIT:
        return []
    counts = f"text counts {'' if known == written else 'at least '}{length} by X's rules"
    return [f"{counts}; above {TWEET_LIMIT}, X takes it from premium accounts only."]


CREATE_TWEET = replace(
    x_step("twitterCreateTweet", create_tweet, "once", price=of_post), warn=warn, reconcile=posted
)
DELETE_TWEET = x_step("twitterDeleteTweet", delete_tweet, "idempotent", price=lambda _params: DELETE)
