"""What X charges for what the steps do. X has the last word: prices change, and some plans have others.

As of 28 August 2026, https://docs.x.com/x-api/getting-started/pricing: a read for each post and user that
comes back, anything else for each request. What X does not list is taken as free.
"""

from collections.abc import Mapping

from engine.model import Json
from engine.price import Price
from engine.steps.tweet_length import without_urls

AS_OF = "28 August 2026"
SOURCE = "https://docs.x.com/x-api/getting-started/pricing"

# In mills: 15 are $0.015.
POST = 15
POST_WITH_URL = 200
MESSAGE = 15
READ_POST = 5
READ_USER = 10
READ_MEDIA = 5
MARK = 15
UNMARK = 10
MEDIA_METADATA = 5
# The list does not say under which of these two a deleted post falls.
DELETE = Price(5, 10)

# What one post may bring along, at most: people it mentions are taken as three.
_ALONG = {
    "author_id": READ_USER,
    "in_reply_to_user_id": READ_USER,
    "entities.mentions.username": 3 * READ_USER,
    "referenced_tweets.id": READ_POST,
    "referenced_tweets.id.author_id": READ_POST + READ_USER,
    "attachments.media_keys": 4 * READ_MEDIA,
    "attachments.poll_ids": 0,
}
Params = Mapping[str, Json]


def of_post(params: Params) -> Price:
    """A tweet; what a placeholder brings may be a URL."""
    text = str(params.get("text", ""))
    if without_urls(text) != text:
        return Price(POST_WITH_URL, POST_WITH_URL)
    return Price(POST, POST_WITH_URL if "{{" in text else POST)


def of_message(params: Params) -> Price:
    """A message, and the look-up of the name it goes to."""
    look_up = _look_up(params)
    return Price(MESSAGE + look_up.least, MESSAGE + look_up.most)


def of_search(params: Params) -> Price:
    """As many posts as may come back, with what comes along."""
    size, pages = params.get("maxResults", 10), params.get("pages", 1)
    expansions = params.get("expansions")
    along = sum(_ALONG.get(str(each), 0) for each in expansions) if isinstance(expansions, list) else 0
    count = size * pages if isinstance(size, int) and isinstance(pages, int) else 100
    return Price(0, count * (READ_POST + along))


def of_user_tweets(params: Params) -> Price:
    """The same, and the look-up of a name."""
    look_up = _look_up(params)
    return Price(look_up.least, look_up.most + of_search(params).most)


def of_upload(params: Params) -> Price:
    """Only its alternative text."""
    return flat(MEDIA_METADATA if params.get("altText") else 0)


def flat(mills: int) -> Price:
    """A price that is known."""
    return Price(mills, mills)


def _look_up(params: Params) -> Price:
    written = str(params.get("userId", "")).strip()
    if "{{" in written:
        return Price(0, READ_USER)
    return flat(0 if written.isdigit() else READ_USER)
