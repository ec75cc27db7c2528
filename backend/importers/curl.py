"""A curl command, read into an automation with one API call. Its secrets go into a credential."""

import re

from backend.importers.curl_options import Given, read_options
from backend.importers.curl_request import CurlRequest
from backend.importers.imported import Imported, ImportFailed, unique
from backend.importers.shell_words import dialect_of, words_of

MAX_TEXT = 1024 * 1024

_POWERSHELL = re.compile(r"\b(Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\b", re.IGNORECASE)
_FETCH = re.compile(r"\s*(await\s+)?fetch\(")
_CURL = re.compile(r"(?:.*[/\\])?curl(?:\.exe)?", re.IGNORECASE)
_PROMPT = re.compile(r"[$>#]\s+(?=curl)")


def import_curl(text: str) -> Imported:
    """One automation with one step. Raises ImportFailed `import.…`; no message repeats the command."""
    given = _options(text)
    made = CurlRequest(given)
    automation = made.automation()
    if given.has_next:
        given.notes.append("Only the first request was taken; --next begins another.")
    credential = made.credential()
    return Imported((automation,), (credential,) if credential else (), unique(given.notes))


def _options(text: str) -> Given:
    if len(text) > MAX_TEXT:
        what = "The command is longer than 1 MiB."
        raise ImportFailed("import.too_large", what, hint="Send its body from a file instead.")
    dialect = dialect_of(text)
    command = text.strip()
    # Only before the command: elsewhere each blank of a long row would begin another search through the row.
    prompt = _PROMPT.match(command)
    words, has_more = words_of(command[prompt.end() :] if prompt else command, dialect)
    if not words or not _CURL.fullmatch(words[0]):
        raise _no_curl(text)
    given = read_options(words[1:])
    if has_more:
        given.notes.append("What stands behind the command (a pipe, a file, another command) was not taken.")
    return given


def _no_curl(text: str) -> ImportFailed:
    copied = "In the browser, choose Copy as cURL (bash) instead."
    if _POWERSHELL.search(text):
        what = "This is a command of PowerShell, not of curl."
    elif _FETCH.match(text):
        what = "This is JavaScript (fetch), not a command of curl."
    else:
        what = "The text does not begin with curl."
        copied = "Copy the whole command, from curl to its last line."
    return ImportFailed("import.no_curl", what, hint=copied)
