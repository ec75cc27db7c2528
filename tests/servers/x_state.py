"""What the test server for X remembers: users and tweets in memory. Knows no HTTP."""

import html
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

# Beyond 2^53, so that a client that reads ids as floats is found out.
FIRST_TWEET_ID = 1_900_000_000_000_000_001
FIRST_USER_ID = 2_000_000_000_000_000_001
FIRST_MEDIA_ID = 1_800_000_000_000_000_001
TWEET_FIELDS = frozenset(
    {
        "id",
        "text",
        "edit_history_tweet_ids",
        "author_id",
        "created_at",
        "public_metrics",
        "conversation_id",
        "lang",
        "reply_settings",
        "in_reply_to_user_id",
        "referenced_tweets",
        "entities",
        "possibly_sensitive",
        "source",
        "note_tweet",
        "attachments",
        "context_annotations",
        "edit_controls",
        "geo",
    }
)
USER_FIELDS = frozenset(
    {
        "id",
        "name",
        "username",
        "created_at",
        "description",
        "location",
        "profile_image_url",
        "protected",
        "public_metrics",
        "url",
        "verified",
        "verified_type",
    }
)
_METRICS = ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")


@dataclass(frozen=True, slots=True)
class User:
    id: str
    username: str
    name: str

    def shown(self, fields: frozenset[str]) -> dict[str, Json]:
        """The default fields, and those that were asked for."""
        more: dict[str, Json] = {
            "created_at": "2020-01-02T03:04:05Z",
            "description": f"{self.name} is made for tests",
            "protected": False,
            "verified": False,
            "public_metrics": dict.fromkeys(
                ("followers_count", "following_count", "tweet_count", "listed_count", "like_count"), 0
            ),
        }
        chosen = {key: value for key, value in more.items() if key in fields}
        return {"id": self.id, "name": self.name, "username": self.username, **chosen}


@dataclass(frozen=True, slots=True)
class Tweet:
    """`text` as the author wrote it, `at` in Unix seconds."""

    id: str
    author_id: str
    text: str
    at: float
    replied_to: str | None = None
    quoted: str | None = None

    def shown(self, fields: frozenset[str]) -> dict[str, Json]:
        more: dict[str, Json] = {
            "author_id": self.author_id,
            "created_at": self.created_at(),
            "conversation_id": self.replied_to or self.id,
            "public_metrics": dict.fromkeys(_METRICS, 0),
            "lang": "en",
        }
        if self.replied_to or self.quoted:
            links = (("replied_to", self.replied_to), ("quoted", self.quoted))
            more["referenced_tweets"] = [{"type": kind, "id": id_} for kind, id_ in links if id_]
        chosen = {key: value for key, value in more.items() if key in fields}
        return {"id": self.id, "text": escaped(self.text), "edit_history_tweet_ids": [self.id], **chosen}

    def created_at(self) -> str:
        """RFC 3339; X leaves out the milliseconds now and then, here for every id that is odd."""
        moment = datetime.fromtimestamp(self.at, UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if int(self.id) % 2 else "%Y-%m-%dT%H:%M:%S.000Z")


def escaped(text: str) -> str:
    """`&`, `<` and `>` as X escapes them; quotes stay."""
    return html.escape(text, quote=False)


@dataclass(slots=True)
class Media:
    """An upload: `work` is what X says about its own work, one answer after the other."""

    id: str
    category: str
    total: int
    segments: dict[int, bytes] = field(default_factory=dict)
    work: list[Mapping[str, Json]] = field(default_factory=list)
    is_final: bool = False
    alt: str = ""

    @property
    def content(self) -> bytes:
        return b"".join(self.segments[index] for index in sorted(self.segments))


@dataclass(slots=True)
class XState:
    """Users and tweets, newest last. `now` gives Unix seconds."""

    now: Callable[[], float] = time.time
    users: dict[str, User] = field(default_factory=dict)
    tweets: dict[str, Tweet] = field(default_factory=dict)
    likes: set[tuple[str, str]] = field(default_factory=set)
    retweets: set[tuple[str, str]] = field(default_factory=set)
    messages: list[tuple[str, str, str]] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)
    video_work: Sequence[Mapping[str, Json]] = ()
    appends_silently: bool = False
    _lock: Lock = field(default_factory=Lock)

    def add_user(self, username: str, name: str = "", user_id: str | None = None) -> User:
        with self._lock:
            user = User(user_id or str(FIRST_USER_ID + len(self.users)), username, name or username)
            self.users[user.id] = user
        return user

    def add_tweet(
        self, author_id: str, text: str, *, replied_to: str | None = None, quoted: str | None = None
    ) -> Tweet:
        with self._lock:
            last = max((int(each) for each in self.tweets), default=FIRST_TWEET_ID - 1)
            tweet = Tweet(str(last + 1), author_id, text, self.now(), replied_to, quoted)
            self.tweets[tweet.id] = tweet
        return tweet

    def add_media(self, category: str, total: int) -> Media:
        with self._lock:
            work = list(self.video_work) if category.endswith("video") else []
            media = Media(str(FIRST_MEDIA_ID + len(self.media)), category, total, work=work)
            self.media[media.id] = media
        return media

    def user_named(self, username: str) -> User | None:
        return next((u for u in self.users.values() if u.username.lower() == username.lower()), None)

    def has_duplicate(self, author_id: str, text: str) -> bool:
        return any((t.author_id, t.text) == (author_id, text) for t in self.tweets.values())

    def search(self, query: str) -> list[Tweet]:
        """Newest first: every word must occur in the text; `from:name` asks for the author."""
        newest_first = sorted(self.tweets.values(), key=lambda tweet: int(tweet.id), reverse=True)
        return [tweet for tweet in newest_first if all(self._matches(tweet, word) for word in query.split())]

    def _matches(self, tweet: Tweet, word: str) -> bool:
        if word.startswith("from:"):
            author = self.user_named(word.removeprefix("from:"))
            return author is not None and tweet.author_id == author.id
        return word.lower() in tweet.text.lower()
