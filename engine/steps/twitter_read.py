"""Tweets that are read, page by page: `twitterSearchTweets`, `twitterUserTweets`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from engine.effects import StepResult
from engine.errors import LoopiError
from engine.model import Json
from engine.steps.action import ActionContext
from engine.steps.twitter import XAnswer, result, x_step
from engine.steps.twitter_params import Params, invalid, moment, text, texts, whole_number
from engine.steps.twitter_price import of_search, of_user_tweets
from engine.steps.twitter_user import USER_FIELDS, id_of, user_of

TWEET_FIELDS = (
    "author_id",
    "conversation_id",
    "created_at",
    "in_reply_to_user_id",
    "lang",
    "public_metrics",
    "referenced_tweets",
)
# What X can send along, and the fields that are asked of it then. Each costs as if it had been looked up.
EXPANSIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "author_id": ("user_fields", USER_FIELDS),
    "in_reply_to_user_id": ("user_fields", USER_FIELDS),
    "entities.mentions.username": ("user_fields", USER_FIELDS),
    "referenced_tweets.id": ("tweet_fields", TWEET_FIELDS),
    "referenced_tweets.id.author_id": ("user_fields", USER_FIELDS),
    "attachments.media_keys": ("media_fields", ("type", "url", "preview_image_url", "alt_text")),
    "attachments.poll_ids": ("poll_fields", ("end_datetime", "voting_status")),
}
MORE_FIELDS = (
    "attachments",
    "context_annotations",
    "edit_controls",
    "entities",
    "geo",
    "note_tweet",
    "possibly_sensitive",
    "reply_settings",
    "source",
)
_EXCLUDED = ("replies", "retweets")
Page: TypeAlias = Callable[[Mapping[str, object]], XAnswer]


def search_tweets(params: Params, context: ActionContext) -> StepResult:
    """Leaves `data`: a list of tweets, newest first, perhaps empty; `meta`: `{"result_count"}`; `includes`.

    `includes` holds what `expansions` asked for.
    """
    query = text(params, "searchQuery").strip()
    if not query:
        raise invalid("searchQuery must not be empty.")
    fields, pages = _fields(params, least=10), _pages(params)
    return result(
        context,
        lambda client: read_pages(
            lambda page: client.search_recent_tweets(query, user_auth=True, **fields, **page),
            pages=pages,
            place="next_token",
            progress=context.progress,
        ),
    )


def user_tweets(params: Params, context: ActionContext) -> StepResult:
    """Leaves what `search_tweets` leaves."""
    user, fields, pages = user_of(params, "userId"), _fields(params, least=5), _pages(params)
    fields["exclude"] = chosen(params, "exclude", _EXCLUDED) or None
    return result(
        context,
        lambda client: read_pages(
            _of_user(client.get_users_tweets, id_of(client, user), fields),
            pages=pages,
            place="pagination_token",
            progress=context.progress,
        ),
    )


def _of_user(call: Callable[..., XAnswer], user_id: str, fields: Mapping[str, object]) -> Page:
    return lambda page: call(user_id, user_auth=True, **fields, **page)


@dataclass(slots=True)
class _Pages:
    """What the pages gave so far; `token` is the place of the next one."""

    tweets: list[Json] = field(default_factory=list)
    errors: list[Json] = field(default_factory=list)
    includes: dict[str, list[Json]] = field(default_factory=dict)
    count: int = 0
    token: object = None

    def take(self, answer: XAnswer) -> None:
        self.tweets += _list(answer.get("data"))
        self.errors += _list(answer.get("errors"))
        _include(self.includes, answer.get("includes"))
        self.count += 1
        meta = answer.get("meta")
        self.token = meta.get("next_token") if isinstance(meta, Mapping) else None

    def answer(self) -> XAnswer:
        found: dict[str, Json] = {"data": self.tweets, "meta": {"result_count": len(self.tweets)}}
        more = {"includes": self.includes, "errors": self.errors}
        return {**found, **{name: cast("Json", kept) for name, kept in more.items() if kept}}


def read_pages(read: Page, *, pages: int, place: str, progress: dict[str, object]) -> XAnswer:
    """At most so many pages as one answer. `place` is what a question calls the place of its page.

    Another attempt, with the same `progress`, goes on with the page that failed; at the first again when X
    does not know the place of that any more.
    """
    found = cast("_Pages", progress.get("pages", _Pages()))
    is_again = found.count > 0
    while found.count < pages:
        try:
            answer = read({place: found.token})
        except LoopiError as error:
            if not is_again or error.code != "x.invalid_request":
                raise
            progress.clear()
            found, is_again = _Pages(), False
            continue
        is_again = False
        found.take(answer)
        if not found.token:
            break
        progress["pages"] = found
    return found.answer()


def _include(kept: dict[str, list[Json]], found: Json) -> None:
    """Add what came along with a page; the same author comes with each."""
    for kind, entries in found.items() if isinstance(found, Mapping) else ():
        known = kept.setdefault(kind, [])
        known += [entry for entry in _list(entries) if entry not in known]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _pages(params: Params) -> int:
    return whole_number(params, "pages", range(1, 101), default=1)


def _fields(params: Params, *, least: int) -> dict[str, object]:
    expansions = chosen(params, "expansions", tuple(EXPANSIONS))
    asked: dict[str, list[str]] = {
        "tweet_fields": [*TWEET_FIELDS, *chosen(params, "moreFields", MORE_FIELDS)]
    }
    for name, fields in (EXPANSIONS[each] for each in expansions):
        asked.setdefault(name, list(fields))
    return {
        "max_results": whole_number(params, "maxResults", range(least, 101), default=10),
        "start_time": moment(params, "startTime"),
        "end_time": moment(params, "endTime"),
        "expansions": expansions or None,
        **asked,
    }


def chosen(params: Params, name: str, known: tuple[str, ...]) -> list[str]:
    """Each known word of a list, once. Raises LoopiError `x.invalid_field`."""
    words = list(dict.fromkeys(texts(params, name)))
    if not set(words) <= set(known):
        raise invalid(f"{name} may hold {', '.join(known)}.")
    return words


SEARCH_TWEETS = x_step("twitterSearchTweets", search_tweets, price=of_search)
USER_TWEETS = x_step("twitterUserTweets", user_tweets, price=of_user_tweets)
