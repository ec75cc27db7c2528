"""The body of a curl command, as the `body` of an `apiCall`. Pure."""

import re
from collections.abc import Mapping
from itertools import groupby
from posixpath import basename
from urllib.parse import parse_qsl, quote

from backend.importers.curl_options import Given
from backend.importers.literal import literal, literal_tree
from backend.importers.secret_finder import SecretFinder, is_secret_name
from engine.model import Json
from engine.strict_json import loads

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
_DATA = ("data", "data-raw", "data-ascii", "data-binary", "data-urlencode", "json")
_DETAIL = re.compile(r';\s*(type|filename)=("[^"]*"|[^;]*)')


def has_data(given: Given) -> bool:
    """Whether the command sends a body of -d or --json."""
    return any(given.has(name) for name in _DATA)


def data_text(given: Given) -> str:
    """The joined text of all -d. A file among them is left out, with a note; alone it is `data_file`."""
    pieces: list[str] = []
    is_file = data_file(given) is not None
    for name, value in given.options:
        if name == "data-urlencode":
            pieces.append(_urlencoded(value, given))
        elif name in _DATA and value.startswith("@") and name != "data-raw":
            if not is_file:
                given.notes.append(
                    f"The file {_plain(value[1:])} was not taken: it is one of several pieces."
                )
        elif name in _DATA:
            pieces.append(value)
    return ("" if given.has("json") else "&").join(pieces)


def data_file(given: Given) -> str | None:
    """The one file that is the whole body (`-d @file`), or None."""
    found = [(name, value) for name, value in given.options if name in _DATA]
    is_file = len(found) == 1 and found[0][0] not in {"data-raw", "data-urlencode"}
    return found[0][1][1:] if is_file and found[0][1].startswith("@") else None


def typed_body(text: str, content_type: str, finder: SecretFinder) -> tuple[Json, bool]:
    """The body, and whether its kind says the Content-Type by itself. Secrets in it become placeholders."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON or kind.endswith("+json"):
        try:
            return {"json": _json(loads(text), finder)}, kind == JSON
        except (ValueError, RecursionError):
            return {"text": literal(text)}, False
    if kind == FORM and (pairs := _pairs(text)) is not None:
        form: dict[str, list[Json]] = {}
        for name, value in pairs:
            form.setdefault(name, []).append(finder.parameter(name, value))
        return {"form": {name: found[0] if len(found) == 1 else found for name, found in form.items()}}, True
    if kind == FORM:
        return _untyped(text, finder), False
    return {"text": literal(text)}, False


def _untyped(text: str, finder: SecretFinder) -> Json:
    """A body that is called a form and is none that can be written as one: JSON, or odd pairs."""
    try:
        value = loads(text)
    except (ValueError, RecursionError):
        return {"text": "&".join(finder.pair(pair, is_encoded_again=False) for pair in text.split("&"))}
    tree = _json(value, finder)
    return {"json": tree} if tree != literal_tree(value) else {"text": literal(text)}


def multipart(given: Given, finder: SecretFinder) -> Json:
    """The parts of -F."""
    return {
        "multipart": [
            _part(name, value, given, finder) for name, value in given.options if name.startswith("form")
        ]
    }


def uploaded(name: str, given: Given) -> Json:
    """A file as the body. It must be put where steps may read it."""
    plain = _plain(name)
    given.notes.append(f"Put the file {plain} into the folder of files: steps read no other.")
    return {"file": plain}


def _part(option: str, value: str, given: Given, finder: SecretFinder) -> Json:
    name, _, content = value.partition("=")
    if option == "form-string" or not content.startswith(("@", "<")):
        details = {} if option == "form-string" else dict(_DETAIL.findall(content))
        text = content if option == "form-string" else _DETAIL.sub("", content)
        part: dict[str, Json] = {
            "name": name,
            "value": finder.parameter(name, text.strip('"') if details else text),
        }
    else:
        details = dict(_DETAIL.findall(content))
        uploaded(_DETAIL.sub("", content[1:]).strip('"'), given)
        part = {"name": name, "file": _plain(_DETAIL.sub("", content[1:]).strip('"'))}
        if "filename" in details:
            part["fileName"] = literal(details["filename"].strip('"'))
    return {**part, "contentType": literal(details["type"].strip('"'))} if "type" in details else part


def _plain(name: str) -> str:
    return basename(name.replace("\\", "/")).lstrip(".") or "file"


def _urlencoded(value: str, given: Given) -> str:
    found = re.match(r"[^=@]*([=@])", value)
    if found is None:
        return quote(value, safe="")
    name, content = value[: found.start(1)], value[found.end(1) :]
    if found[1] == "@":
        given.notes.append(f"The file {_plain(content)} was not taken: what is in it is not known here.")
        return ""
    return f"{name}={quote(content, safe='')}" if name else quote(content, safe="")


def _pairs(text: str) -> list[tuple[str, str]] | None:
    """Names and values, when a form of them says the same again."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        return None
    names = [name for name, _ in pairs]
    is_grouped = len(list(groupby(names))) == len(set(names))
    is_whole = len(pairs) == len(text.split("&")) and all("=" in each for each in text.split("&"))
    return pairs if text and is_whole and is_grouped and all("{{" not in name for name in names) else None


def _json(value: Json, finder: SecretFinder) -> Json:
    if isinstance(value, Mapping):
        return {
            name: finder.parameter(name, inner)
            if isinstance(inner, str) and is_secret_name(name)
            else _json(inner, finder)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_json(each, finder) for each in value]
    return literal_tree(value)
