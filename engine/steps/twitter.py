"""The Twitter/X steps: what each sends and what it leaves. How it is sent: `twitter_client`."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from engine.effects import StepResult
from engine.model import Json
from engine.steps.action import Action, ActionContext
from engine.steps.tweet_id import parse_tweet_id
from engine.steps.tweet_length import TWEET_LIMIT, weighted_length
from engine.steps.twitter_params import Params, invalid, moment, text, texts, whole_number

if TYPE_CHECKING:
    from engine.steps.twitter_client import XClient

# No `expansions`: X charges for every user that comes along.
TWEET_FIELDS = (
    "author_id",
    "conversation_id",
    "created_at",
    "in_reply_to_user_id",
    "lang",
    "public_metrics",
    "referenced_tweets",
)
USER_FIELDS = (
    "created_at",
    "description",
    "location",
    "profile_image_url",
    "protected",
    "public_metrics",
    "url",
    "verified",
    "verified_type",
)
_USERNAME = re.compile(r"@?([A-Za-z0-9_]{1,15})", re.ASCII)
_MEDIA_ID = re.compile(r"[0-9]{1,19}", re.ASCII)
_REPLY_SETTINGS = ("everyone", "following", "mentionedUsers", "subscribers", "verified")


def create_tweet(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: `{"id", "text", "edit_history_tweet_ids"}`."""
    fields = tweet_fields(params)
    return _result(context, lambda client: client.create_tweet(user_auth=True, **fields), is_once=True)


def search_user(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: the user's id, name, username and USER_FIELDS."""
    found = _USERNAME.fullmatch(text(params, "username").strip())
    if found is None:
        raise invalid(
            "username is not a name on X.",
            "Give 1 to 15 letters, digits or _, with or without @ before them.",
        )
    return _result(
        context,
        lambda client: client.get_user(username=found[1], user_fields=list(USER_FIELDS), user_auth=True),
    )


def search_tweets(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: a list of tweets, newest first, perhaps empty; and `meta`: `{"result_count"}`."""
    query = text(params, "searchQuery").strip()
    if not query:
        raise invalid("searchQuery must not be empty.")
    fields = {
        "max_results": whole_number(params, "maxResults", range(10, 101), default=10),
        "start_time": moment(params, "startTime"),
        "end_time": moment(params, "endTime"),
        "tweet_fields": list(TWEET_FIELDS),
    }
    pages = whole_number(params, "pages", range(1, 101), default=1)
    return _result(context, lambda client: _paged(client, query, fields, pages=pages))


def _paged(client: "XClient", query: str, fields: Mapping[str, object], *, pages: int) -> Mapping[str, Json]:
    tweets: list[Json] = []
    token: object = None
    for _ in range(pages):
        answer = client.search_recent_tweets(query, user_auth=True, next_token=token, **fields)
        data, meta = answer.get("data"), answer.get("meta")
        tweets += data if isinstance(data, list) else []
        token = meta.get("next_token") if isinstance(meta, Mapping) else None
        if not token:
            break
    return {"data": tweets, "meta": {"result_count": len(tweets)}}


def tweet_fields(params: Params) -> dict[str, object]:
    """The arguments for a tweet. Raises LoopiError `x.invalid_field`, `x.tweet_id`."""
    media = [each.strip() for each in text(params, "mediaId").split(",") if each.strip()]
    poll = texts(params, "pollOptions")
    written = text(params, "text")
    if not all(_MEDIA_ID.fullmatch(each) for each in media) or len(media) > 4:
        raise invalid("mediaId must be the id of an uploaded picture or video, or up to four with commas.")
    if not (written.strip() or media):
        raise invalid("text must not be empty, unless the tweet has media.")
    fields: dict[str, object] = {"text": written or None, "media_ids": media or None}
    for name, argument in (("replyToTweetId", "in_reply_to_tweet_id"), ("quoteTweetId", "quote_tweet_id")):
        if text(params, name).strip():
            fields[argument] = parse_tweet_id(params[name], field=name)
    if sum(map(bool, (media, poll, fields.get("quote_tweet_id")))) > 1:
        raise invalid("A tweet can have media, a poll or a quote, and only one of them.")
    return {**fields, **_poll(params, poll), **_reply_settings(params)}


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


def warn_of_length(params: Mapping[str, Json]) -> list[str]:
    """A warning when the text is longer than X allows most accounts. With placeholders it is not counted."""
    written = params.get("text")
    if not isinstance(written, str) or "{{" in written:
        return []
    length = weighted_length(written)
    if length <= TWEET_LIMIT:
        return []
    return [f"text counts {length} by X's rules; above {TWEET_LIMIT}, X takes it from premium accounts only."]


def _result(
    context: ActionContext, ask: "Callable[[XClient], Mapping[str, Json]]", *, is_once: bool = False
) -> StepResult:
    from engine.steps.twitter_client import XError, open_client

    try:
        return StepResult("ok", ask(open_client(context, is_once=is_once)))
    except XError as error:
        return StepResult("unknown" if error.failure.may_have_happened else "error", {}, error.failure)


CREATE_TWEET = Action(
    type="twitterCreateTweet",
    act=create_tweet,
    classify=lambda _params: "once",
    credential_types=("twitter",),
    needs_credential=True,
    warn=warn_of_length,
)
SEARCH_USER = Action(
    type="twitterSearchUser",
    act=search_user,
    classify=lambda _params: "read",
    credential_types=("twitter",),
    needs_credential=True,
)
SEARCH_TWEETS = Action(
    type="twitterSearchTweets",
    act=search_tweets,
    classify=lambda _params: "read",
    credential_types=("twitter",),
    needs_credential=True,
)
