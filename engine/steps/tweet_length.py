"""How long X says that a text is: the weighted count of twitter-text, configuration v3. Pure.

https://developer.x.com/en/docs/counting-characters. Close, not exact: X knows every emoji sequence by name,
and here emoji that are joined count as one whether a font draws them so or not. X has the last word: this
warns.
"""

import re
from functools import cache
from unicodedata import normalize

from engine.steps.tweet_domains import COUNTRIES, GENERIC, INTERNATIONAL

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TWEET_LIMIT = 280
URL_WEIGHT = 23
EMOJI_WEIGHT = 2

# Letters with accents too, as in münchen.de.
_SIGN_OF_NAME = "a-z0-9À-ÖØ-öø-ɏ"
_LABEL = rf"[{_SIGN_OF_NAME}](?:[{_SIGN_OF_NAME}_-]{{0,62}}[{_SIGN_OF_NAME}])?"
_LAST_LABEL = rf"[{_SIGN_OF_NAME}](?:[{_SIGN_OF_NAME}-]{{0,62}}[{_SIGN_OF_NAME}])?"
_ANY_LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_ENDS = r"(?![a-z0-9@+-])"
_SIGN_OF_PATH = rf"{_SIGN_OF_NAME}\u0400-\u04ff"
_IN_PATH = rf"[{_SIGN_OF_PATH}_!*';:=+,.$/%#\[\]\-–~@|&]"
_PATH = rf"/(?:(?:{_IN_PATH}|\({_IN_PATH}*\))*(?:[{_SIGN_OF_PATH}_+\-=#/]|\({_IN_PATH}*\)))?"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
_REST = rf"(?::[0-9]+)?(?:{_PATH})?(?:{_QUERY})?"
# Without a scheme, a port and a query belong to it only with a path between them.
_BARE_REST = rf"(?:(?::[0-9]+)?{_PATH}(?:{_QUERY})?)?"
_TOP = rf"(?:(?:{GENERIC}|{INTERNATIONAL}|{COUNTRIES}|xn--[a-z0-9-]+){_ENDS})"
_URL = (
    rf"(?i)(?<![a-z0-9@＠$#＃])https?://(?:{_ANY_LABEL}\.)+{_TOP}{_REST}"
    # Also `is.it`, two words with a forgotten space.
    rf"|(?<![a-z0-9@＠$#＃_./-])(?:{_LABEL}\.)*{_LAST_LABEL}\.{_TOP}{_BARE_REST}"
)

_SIGN = "[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
_SIGN += "\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
_DRESSED = rf"{_SIGN}\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_EMOJI = (
    "[#*0-9]\ufe0f?\u20e3|[©®](?!\ufe0e)\ufe0f?|[\U0001f1e6-\U0001f1ff]{2}"
    f"|\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f|{_DRESSED}(?:\u200d{_DRESSED})*"
)
_HEAVY = "[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]"


def weighted_length(text: str) -> int:
    """X's count of a text: a URL is 23, an emoji or a CJK sign 2, most other letters 1, after NFC."""
    pieces = _compiled(_URL).split(normalize("NFC", text))
    return URL_WEIGHT * (len(pieces) - 1) + sum(_plain_length(piece) for piece in pieces)


def without_placeholders(template: str) -> str:
    """The text of a template that is known before a run."""
    # Up to the last end: each {{ that nothing ends would look through the rest of the text.
    end = template.rfind("}}") + 2 if "}}" in template else 0
    return _PLACEHOLDER.sub("", template[:end]) + template[end:]


def without_urls(text: str) -> str:
    """The text with each URL left out: X shows another one in its place."""
    return _compiled(_URL).sub("", text)


def _plain_length(text: str) -> int:
    rest, emoji = _compiled(_EMOJI).subn("", text)
    return EMOJI_WEIGHT * emoji + len(rest) + len(_compiled(_HEAVY).findall(rest))


# Not on import: compiling takes 20 ms, and most runs count nothing.
@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
