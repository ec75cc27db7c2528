"""A question to X as bytes, an answer of X as data, and how both are shown. Sends nothing, signs nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from json import loads
from types import TracebackType
from typing import Self

from requests import PreparedRequest

from engine.events import RequestSent, ResponseReceived
from engine.http.body import pieces_of
from engine.http.message import HttpRequest, HttpResponse
from engine.http.url import parse_url
from engine.model import Json
from engine.secrets import BULLETS

_SENT_HEADERS = ("authorization", "content-type")


@dataclass(frozen=True, slots=True)
class Answer:
    """As much of a requests.Response as tweepy looks at; every answer that gets here is a success."""

    status_code: int
    body: Mapping[str, Json]
    reason: str = ""
    headers: str = ""
    content: str = ""

    def json(self) -> Mapping[str, Json]:
        return self.body

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def outgoing(made: PreparedRequest) -> HttpRequest:
    """The request as the engine sends it."""
    headers = tuple(
        (name, _text(value)) for name, value in made.headers.items() if name.lower() in _SENT_HEADERS
    )
    body = made.body.encode() if isinstance(made.body, str) else made.body
    return HttpRequest(
        made.method or "GET", parse_url(made.url or ""), headers, body if isinstance(body, bytes) else None
    )


def sent(request: HttpRequest) -> RequestSent:
    """The fact, with the signature as bullets."""
    shown = {
        name.lower(): BULLETS if name.lower() == "authorization" else value for name, value in request.headers
    }
    return RequestSent(request.method, request.url.text, shown, _shown_body(request))


def _shown_body(request: HttpRequest) -> str:
    """Text as it is; of a picture or a video only its size."""
    body = b"".join(pieces_of(request.body))
    is_media = (request.header("content-type") or "").startswith("multipart/")
    return f"({len(body)} bytes)" if is_media else body.decode()


def received(response: HttpResponse) -> ResponseReceived:
    """The fact, without cookies."""
    shown = {name: value for name, value in response.headers.to_json().items() if name != "set-cookie"}
    return ResponseReceived(response.status, response.url.text, shown, len(response.body), response.elapsed_s)


def parsed(body: bytes) -> Mapping[str, Json] | None:
    """The JSON object in an answer, or None when it is none."""
    try:
        found = loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
