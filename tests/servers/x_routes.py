"""The endpoints of the test server for X: what each checks, changes and answers. Knows no sockets."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from servers import x_problems as problems
from servers.loopback import Seen
from servers.x_state import TWEET_FIELDS, USER_FIELDS, Json, Tweet, User, XState, escaped

SEARCH_REACH = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Call:
    """One checked request: `me` is the signer's user id, `names` what stood in the path."""

    state: XState
    me: str
    seen: Seen
    names: Mapping[str, str]

    def json(self) -> dict[str, Json]:
        """The body. What is not a JSON object reads as an empty one."""
        try:
            body = json.loads(self.seen.body or b"{}")
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    def fields(self, name: str) -> frozenset[str]:
        return frozenset(filter(None, self.seen.query.get(name, "").split(",")))


Answer: TypeAlias = "Json | problems.Problem"
_CREATE_FIELDS = frozenset({"text", "reply", "quote_tweet_id", "media", "poll", "reply_settings"})


def create_tweet(call: Call) -> Answer:
    body = call.json()
    unknown = set(body) - _CREATE_FIELDS
    if unknown:
        return problems.invalid(f"$.{min(unknown)}: is not defined in the schema")
    text, media, reply = body.get("text", ""), body.get("media"), body.get("reply")
    if not isinstance(text, str) or not (text or media):
        return problems.invalid("$.text: must not be empty")
    if call.state.has_duplicate(call.me, text):
        return problems.DUPLICATE
    replied = reply.get("in_reply_to_tweet_id") if isinstance(reply, dict) else None
    quoted = body.get("quote_tweet_id")
    for id_ in (replied, quoted):
        if id_ is not None and id_ not in call.state.tweets:
            return problems.problem(
                403, "Forbidden", "You attempted to reply to a Tweet that is deleted or not visible to you."
            )
    links = {"replied_to": replied, "quoted": quoted}
    tweet = call.state.add_tweet(call.me, text, **{k: v for k, v in links.items() if isinstance(v, str)})
    return {"data": {"id": tweet.id, "text": escaped(text), "edit_history_tweet_ids": [tweet.id]}}


def delete_tweet(call: Call) -> Answer:
    tweet = call.state.tweets.get(call.names["id"])
    if tweet is not None and tweet.author_id != call.me:
        return problems.problem(403, "Forbidden", "You are not authorized to delete this Tweet.")
    return {"data": {"deleted": call.state.tweets.pop(call.names["id"], None) is not None}}


def user_by_username(call: Call) -> Answer:
    found = call.state.user_named(call.names["username"])
    return _user(call, found, ("username", call.names["username"]))


def me(call: Call) -> Answer:
    return _user(call, call.state.users.get(call.me), ("id", call.me))


def _user(call: Call, user: User | None, asked: tuple[str, str]) -> Answer:
    wanted = call.fields("user.fields")
    if wanted - USER_FIELDS:
        return _unknown_field("user.fields", wanted - USER_FIELDS)
    if user is None:
        return {"errors": [problems.not_found(*asked, "user")]}
    return {"data": user.shown(wanted)}


def user_tweets(call: Call) -> Answer:
    found = [tweet for tweet in call.state.search("") if tweet.author_id == call.names["id"]]
    if "replies" in call.fields("exclude"):
        found = [tweet for tweet in found if not tweet.replied_to]
    return _page(call, found, least=5)


def search_recent(call: Call) -> Answer:
    query = call.seen.query.get("query", "")
    if not query:
        return problems.invalid("The `query` query parameter can not be empty", query=[""])
    oldest = call.state.now() - SEARCH_REACH.total_seconds()
    start, end = (_moment(call.seen.query.get(name)) for name in ("start_time", "end_time"))
    if start is not None and start < oldest - 1:
        message = "Invalid 'start_time'. 'start_time' must be on or after the last seven days"
        return problems.invalid(message, start_time=[call.seen.query["start_time"]])
    found = [t for t in call.state.search(query) if (start or oldest) <= t.at < (end or t.at + 1)]
    return _page(call, found, least=10)


def _page(call: Call, found: list[Tweet], *, least: int) -> Answer:
    size = call.seen.query.get("max_results", "10")
    if not size.isdigit() or not least <= int(size) <= 100:
        message = f"The `max_results` query parameter value [{size}] is not between {least} and 100"
        return problems.invalid(message, max_results=[size])
    wanted = call.fields("tweet.fields")
    if wanted - TWEET_FIELDS:
        return _unknown_field("tweet.fields", wanted - TWEET_FIELDS)
    start = _offset(call.seen.query.get("next_token") or call.seen.query.get("pagination_token"))
    if start is None:
        return problems.invalid("The `next_token` query parameter value is not valid")
    page = found[start : start + int(size)]
    meta: dict[str, Json] = {"result_count": len(page)}
    if not page:
        return {"meta": meta}
    meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if start + len(page) < len(found):
        meta["next_token"] = _token(start + len(page))
    answer: dict[str, Json] = {"data": [tweet.shown(wanted) for tweet in page], "meta": meta}
    if "author_id" in call.fields("expansions"):
        authors = dict.fromkeys(tweet.author_id for tweet in page)
        shown = [call.state.users[each].shown(call.fields("user.fields")) for each in authors]
        answer["includes"] = {"users": shown}
    return answer


def like(call: Call) -> Answer:
    return _mark(call, call.state.likes, {"liked": True})


def unlike(call: Call) -> Answer:
    call.state.likes.discard((call.me, call.names["tweet_id"]))
    return {"data": {"liked": False}}


def retweet(call: Call) -> Answer:
    return _mark(call, call.state.retweets, {"retweeted": True})


def undo_retweet(call: Call) -> Answer:
    call.state.retweets.discard((call.me, call.names["tweet_id"]))
    return {"data": {"retweeted": False}}


def _mark(call: Call, marks: set[tuple[str, str]], done: dict[str, Json]) -> Answer:
    tweet_id = call.json().get("tweet_id")
    if not isinstance(tweet_id, str) or not tweet_id.isdigit():
        return problems.invalid("$.tweet_id: is missing")
    if call.names["id"] != call.me:
        return problems.problem(403, "Forbidden", "You may act for the authenticated user only.")
    if tweet_id not in call.state.tweets:
        return {"errors": [problems.not_found("tweet_id", tweet_id, "tweet")]}
    marks.add((call.me, tweet_id))
    return {"data": done}


def send_message(call: Call) -> Answer:
    body, to = call.json(), call.names["id"]
    text = body.get("text", "")
    if not isinstance(text, str) or not (text or body.get("attachments")):
        return problems.invalid("$.text: is missing")
    if to not in call.state.users:
        return problems.ERRORS_DETAIL
    call.state.messages.append((call.me, to, text))
    event = str(3_000_000_000_000_000_000 + len(call.state.messages))
    return {"data": {"dm_conversation_id": "-".join(sorted((call.me, to))), "dm_event_id": event}}


def _unknown_field(parameter: str, unknown: frozenset[str]) -> problems.Problem:
    message = f"The `{parameter}` query parameter value [{min(unknown)}] is not one of the known fields"
    return problems.invalid(message, **{parameter: [min(unknown)]})


def _moment(text: str | None) -> float | None:
    return datetime.fromisoformat(text).timestamp() if text else None


def _token(offset: int) -> str:
    return base64.b32encode(f"page:{offset}".encode()).decode().lower().rstrip("=")


def _offset(token: str | None) -> int | None:
    if token is None:
        return 0
    try:
        plain = base64.b32decode(token.upper() + "=" * (-len(token) % 8)).decode()
    except ValueError:
        return None
    return int(plain.removeprefix("page:")) if plain.startswith("page:") else None


_ID = r"(?P<id>[0-9]{1,19})"
ROUTES: tuple[tuple[str, str, int, Callable[[Call], Answer]], ...] = (
    # method, path, requests in 15 minutes, what it does
    ("POST", r"/2/tweets", 100, create_tweet),
    ("GET", r"/2/tweets/search/recent", 300, search_recent),
    ("DELETE", rf"/2/tweets/{_ID}", 50, delete_tweet),
    ("GET", r"/2/users/me", 75, me),
    ("GET", r"/2/users/by/username/(?P<username>[A-Za-z0-9_]{1,15})", 900, user_by_username),
    ("GET", rf"/2/users/{_ID}/tweets", 900, user_tweets),
    ("POST", rf"/2/users/{_ID}/likes", 50, like),
    ("DELETE", rf"/2/users/{_ID}/likes/(?P<tweet_id>[0-9]+)", 50, unlike),
    ("POST", rf"/2/users/{_ID}/retweets", 50, retweet),
    ("DELETE", rf"/2/users/{_ID}/retweets/(?P<tweet_id>[0-9]+)", 50, undo_retweet),
    ("POST", rf"/2/dm_conversations/with/{_ID}/messages", 15, send_message),
)
