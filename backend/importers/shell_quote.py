"""Text as one word of a POSIX shell: nothing in it is run, and nothing steers a terminal. Pure.

A terminal may take control characters of what is pasted for keys, and an end of the paste for the end of it.
So they are written as escapes, in $'…' (POSIX.1-2024, and every shell that people type into long before).
"""

import re

# All control characters but tab and line feed, line separators, and what turns the direction of text.
_STEERING = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


def quoted(text: str) -> str:
    """The word, or nothing for nothing. A NUL is left out: no word can hold one."""
    pieces, place = [], 0
    text = text.replace("\0", "")
    for found in _STEERING.finditer(text):
        pieces += [_single(text[place : found.start()]), _escaped(found[0])]
        place = found.end()
    return "".join([*pieces, _single(text[place:])])


def _single(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'" if text else ""


def _escaped(signs: str) -> str:
    return "$'" + "".join(_escape(ord(sign)) for sign in signs) + "'"


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"
