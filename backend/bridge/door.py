"""The WSGI app that the page speaks to: every request is checked here, before anybody else sees it.

Knows no method and no topic. In order: Host, user, link or cookie; for methods Origin, token, type, size.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO, Protocol, TypeAlias, cast

from backend.adapters.vault import SHOWN
from backend.bridge import answer
from backend.bridge.answer import GUARDS, Answer, Header
from backend.bridge.errors import Refusal
from backend.bridge.events import Hub
from backend.bridge.gate import Gate
from backend.bridge.message import read_object
from backend.bridge.page import Page
from backend.credentials.errors import CredentialError
from engine.parse.problem import InvalidAutomation

MAX_BODY_BYTES = 4 * 1024 * 1024
API = "/api/"
# What the server says of a request's connection: whether another user has it, and how to end a stream on it.
IS_FOREIGN = "loopi.is_foreign"
END_STREAM = "loopi.end_stream"
_log = logging.getLogger(__name__)

Environ: TypeAlias = Mapping[str, object]
Start: TypeAlias = Callable[[str, list[Header]], object]
Call: TypeAlias = Callable[[str, Mapping[str, object]], object]


class Told(Protocol):
    """What the two families of errors have in common."""

    def to_json(self) -> dict[str, str]: ...


class Door:
    """One door on one port. `call` carries out a method by its name and gives what is JSON."""

    def __init__(self, gate: Gate, page: Page, call: Call, hub: Hub) -> None:
        self._gate = gate
        self._page = page
        self._call = call
        self._hub = hub

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """The WSGI side."""
        try:
            found = self._answer(environ)
        except Refusal as refusal:
            found = answer.failure(error_json(refusal), status=refusal.status)
        except SHOWN as error:
            found = answer.failure(error_json(error))
        except Exception:
            # The one place of the door where anything may be caught: the page gets an envelope.
            _log.exception("A request ended unexpectedly.")
            found = answer.internal()
        start(found.status, [*found.headers, *GUARDS])
        # The next answer on this connection begins where a head alone ends.
        return [] if environ["REQUEST_METHOD"] == "HEAD" else found.body

    def _answer(self, environ: Environ) -> Answer:
        headers = {key: str(value) for key, value in environ.items() if key.isupper()}
        self._gate.check_host(headers.get("HTTP_HOST", ""))
        if environ[IS_FOREIGN]:
            raise Refusal("bridge.foreign_user")
        verb, path = headers["REQUEST_METHOD"], headers["PATH_INFO"]
        if not self._gate.has_cookie(headers.get("HTTP_COOKIE", "")):
            return self._first(headers)
        if path.startswith(API):
            self._gate.check_site(headers)
            return self._api(path.removeprefix(API), environ, headers)
        if verb != "GET":
            raise Refusal("bridge.wrong_verb")
        if path == "/" and headers.get("QUERY_STRING"):
            return answer.whole("303 See Other", b"", ("Location", "/"))
        found = self._page.find(path)
        if found is None:
            raise Refusal("bridge.no_such_page")
        return answer.file(found, may_pack="gzip" in headers.get("HTTP_ACCEPT_ENCODING", ""))

    def _first(self, headers: Mapping[str, str]) -> Answer:
        """A browser without the cookie: all it can do is bring the link."""
        name, _, link = headers.get("QUERY_STRING", "").partition("=")
        is_link = (headers["REQUEST_METHOD"], headers["PATH_INFO"], name) == ("GET", "/", "link")
        if not is_link:
            raise Refusal("bridge.no_session")
        return answer.let_in(self._gate.use_link(link))

    def _api(self, name: str, environ: Environ, headers: Mapping[str, str]) -> Answer:
        verb = headers["REQUEST_METHOD"]
        if verb == "GET" and name == "session":
            return answer.success({"token": self._gate.token})
        if verb == "GET" and name == "events":
            return answer.stream(self._hub.stream(cast("Callable[[], None]", environ[END_STREAM])))
        if verb != "POST":
            raise Refusal("bridge.wrong_verb")
        self._gate.check_post(headers)
        return answer.success(self._call(name, read_object(_body(environ, headers))))


def error_json(error: Told) -> dict[str, object]:
    """The error in the envelope, with what some know besides: fields of a form, problems of a file."""
    shown: dict[str, object] = {**error.to_json()}
    if isinstance(error, InvalidAutomation):
        shown["problems"] = [{"path": each.path, "message": each.message} for each in error.problems]
    if isinstance(error, CredentialError | Refusal) and error.fields:
        shown["fields"] = dict(error.fields)
    return shown


def _body(environ: Environ, headers: Mapping[str, str]) -> bytes:
    """The body; its size is known before any of it is read."""
    written = headers.get("CONTENT_LENGTH", "")
    if not written.isascii() or not written.isdigit():
        raise Refusal("bridge.not_http", "The request does not say how long it is.")
    if len(written) > 9 or int(written) > MAX_BODY_BYTES:
        raise Refusal("bridge.too_large")
    return cast("BinaryIO", environ["wsgi.input"]).read(int(written))
