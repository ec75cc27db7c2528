"""From curl's options to the fields of an `apiCall`, and to the credential that its secrets make. Pure."""

import re
from urllib.parse import unquote

from backend.importers.curl_body import (
    FORM,
    JSON,
    data_file,
    data_text,
    has_data,
    multipart,
    typed_body,
    uploaded,
)
from backend.importers.curl_login import sign
from backend.importers.curl_options import Given
from backend.importers.imported import ImportFailed, NewCredential
from backend.importers.literal import literal
from backend.importers.secret_finder import SecretFinder, allowed_host
from engine.errors import LoopiError
from engine.http.url import Url, append_query, parse_url
from engine.model import Json

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
# Written from the request itself, or by what sends it.
_OWN_HEADERS = {
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "te",
    "transfer-encoding",
    "upgrade",
}
_URL = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:([^/?#@]*)@)?([^#]*)", re.DOTALL)


class CurlRequest:
    """One command; `automation` reads it, and after that `credential` knows its secrets."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._finder = SecretFinder()
        self._login, self._address_text = self._address()
        self._url = self._parsed()

    def automation(self) -> dict[str, Json]:
        """The document, without id and without secrets."""
        given, finder, headers = self._given, self._finder, self._headers()
        step: dict[str, Json] = {"id": "request", "type": "apiCall", "method": self._method()}
        body = self._body(headers)
        step["url"] = self._template()
        own = ", ".join(_taken(headers, "authorization"))
        session = ", ".join(_taken(headers, "x-amz-security-token")) if given.has("aws-sigv4") else ""
        kept = {name: [finder.header(name, each) for each in values] for name, values in headers.items()}
        if authorization := sign(given, self._login, own, finder, session_token=session):
            kept["Authorization"] = [authorization]
        if kept:
            step["headers"] = {
                name: values[0] if len(values) == 1 else [*values] for name, values in kept.items()
            }
        if body is not None:
            step["body"] = body
        step.update(self._rest())
        step.update(self._reference())
        place = self._url.target.partition("?")[0]
        name = f"{step['method']} {self._url.host}{place if place != '/' else ''}"[:100]
        return {"format": "loopi-automation/1", "name": name, "steps": [step]}

    def _reference(self) -> dict[str, Json]:
        found = self.credential()
        if found is None:
            return {}
        if not found.fields:
            self._given.notes.append(
                f"The command names a secret and does not hold it: save a credential “{found.name}” "
                f"of the type {found.type}, for the step to use."
            )
        return {"credentialId": found.name}

    def credential(self) -> NewCredential | None:
        """The credential of all secrets that were found, allowed for the host of the command."""
        return self._finder.credential(self._url.host, (allowed_host(self._url),))

    def _address(self) -> tuple[str, str]:
        given = self._given
        words = given.all("url") + given.others
        if not words:
            raise _no_url("The command names no address.", "Copy the whole command.")
        for _ in words[1:]:
            given.notes.append("More words than one address: those after it were not taken.")
        found = _URL.fullmatch(words[0].partition("#")[0].strip())
        if found is None:
            raise _no_url("The address in the command cannot be called.", "Copy the whole command.")
        scheme, login, rest = found.groups()
        return unquote(login or ""), f"{scheme or 'http'}://{rest}"

    def _parsed(self) -> Url:
        query = [data_text(self._given)] if self._given.has("get") else []
        for each in [*query, *self._given.all("url-query")]:
            self._address_text = append_query(self._address_text, each)
        try:
            return parse_url(self._address_text)
        except LoopiError as error:
            raise _no_url("The address in the command cannot be called.", error.hint) from None

    def _template(self) -> str:
        """The address, with placeholders for what its query hides."""
        path, mark, query = self._address_text.partition("?")
        pairs = [self._finder.pair(pair, is_encoded_again=True) for pair in query.split("&")]
        return literal(path) + mark + "&".join(pairs)

    def _method(self) -> str:
        given = self._given
        method = (given.last("request") or "").upper()
        if not method:
            sends = has_data(given) and not given.has("get")
            method = "POST" if sends or given.has("form") or given.has("form-string") else "GET"
            method = "HEAD" if given.has("head") else "PUT" if given.has("upload-file") else method
        if method not in _METHODS:
            given.notes.append("The method was not taken: the step knows " + ", ".join(_METHODS) + ".")
            method = "GET"
        return method

    def _headers(self) -> dict[str, list[str]]:
        given, headers = self._given, dict[str, list[str]]()
        for name, option in (("User-Agent", "user-agent"), ("Referer", "referer"), ("Cookie", "cookie")):
            value = given.last(option)
            if value and option == "cookie" and "=" not in value:
                given.notes.append("The file of cookies (-b) was not taken.")
            elif value:
                headers[name] = [value]
        for line in given.all("header"):
            name, colon, value = line.partition(":")
            name = name.strip()
            if line.startswith("@") or not (colon and value.strip()):
                given.notes.append("A header without a value (-H “Name:”, or a file) was not taken.")
            elif name.lower() in {"host", "proxy-authorization"}:
                given.notes.append(f"The header {name} was not taken: it is written from the address.")
            elif name.lower() not in _OWN_HEADERS:
                headers.setdefault(name, []).append(value.strip())
        return headers

    def _body(self, headers: dict[str, list[str]]) -> Json:
        given = self._given
        if (upload := given.last("upload-file")) is not None:
            return uploaded(upload, given)
        if given.has("form") or given.has("form-string"):
            _taken(headers, "content-type")
            return multipart(given, self._finder)
        if not has_data(given) or given.has("get"):
            return None
        name = next((each for each in headers if each.lower() == "content-type"), "Content-Type")
        kind = headers.get(name, [JSON if given.has("json") else FORM])[0]
        if given.has("json"):
            headers.setdefault("Accept", [JSON])
        headers[name] = [kind]
        if (file := data_file(given)) is not None:
            return uploaded(file, given)
        body, says_kind = typed_body(data_text(given), kind, self._finder)
        if says_kind and ";" not in kind:
            del headers[name]
        return body

    def _rest(self) -> dict[str, Json]:
        given, found = self._given, dict[str, Json]()
        seconds, tries = given.last("max-time"), given.last("retry")
        if seconds and re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,6})?", seconds) and 0 < float(seconds) <= 86400:
            found["timeoutSeconds"] = float(seconds)
        if tries and re.fullmatch(r"[0-9]{1,2}", tries):
            found["retry"] = {"attempts": int(tries) + 1}
        if given.last("max-redirs") == "0":
            found["followRedirects"] = False
        if given.has("output"):
            given.notes.append("-o was not taken: say in the step where the answer is saved.")
        return found


def _taken(headers: dict[str, list[str]], lower: str) -> list[str]:
    """The values of a header, which is removed, whatever the case of its name."""
    names = [name for name in headers if name.lower() == lower]
    return [value for name in names for value in headers.pop(name)]


def _no_url(what: str, hint: str) -> ImportFailed:
    return ImportFailed("import.no_url", what, hint=hint)
