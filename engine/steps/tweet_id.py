"""Tweet ids, as an id or out of a URL of twitter.com or x.com. Pure: asks nobody whether the tweet exists."""

import re

from engine.errors import LoopiError
from engine.template.unsent import Unsent

# One pattern for the whole text, not a URL parser: parsers disagree about backslashes and @ in a host.
_URL = re.compile(
    r"(?:https?://)?(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com"
    r"/(?:i/web|i|[a-z0-9_]{1,15})/status(?:es)?/(?P<id>[0-9]{1,19})"
    r"(?:/(?:photo|video)/[0-9]{1,2})?/?(?:[?#][!-~]*)?",
    re.IGNORECASE | re.ASCII,
)
_ID = re.compile(r"[0-9]{1,19}")
_LIMIT = 2048


def parse_tweet_id(value: object, *, field: str = "The tweet") -> str:
    """The id, 1 to 19 digits. `value` is text, or a whole number out of a variable.

    What stands for an answer that never came stands for the id too.
    Raises LoopiError `x.tweet_id`; `field` begins its sentence.
    """
    if isinstance(value, Unsent):
        return value
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if _ID.fullmatch(text):
        return text
    found = _URL.fullmatch(text) if len(text) <= _LIMIT else None
    if found:
        return found["id"]
    raise LoopiError(
        "x.tweet_id",
        f"{field} is neither the id nor the address of a tweet.",
        hint="Give its number, or its address like https://x.com/name/status/1790000000000000000. "
        "Only addresses of x.com and twitter.com are read.",
    )
