"""The self-test of the door: a real server on loopback, asked as a browser asks it."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

from backend import resources
from backend.bridge.gate import TOKEN_HEADER
from backend.selftest.trial import CREDENTIAL, Trial, require
from backend.serve import in_background, open_serving

LIMIT_S = 20.0


@dataclass(frozen=True)
class Answer:
    status: int
    cookie: str
    content: bytes


def check(trial: Trial) -> str:
    """A stranger is refused; the link lets in once; a call is answered, without the secret."""
    serving = open_serving(trial.open(), resources.web())
    thread = in_background(serving)
    try:
        with closing(HTTPConnection("127.0.0.1", serving.port, timeout=LIMIT_S)) as connection:
            count = _visit(connection, serving.link, trial)
    finally:
        serving.stop()
        thread.join(LIMIT_S)
    require(not thread.is_alive(), "the server did not stop")
    return f"the link let one browser in, once; it was told of {count} credentials and of no secret"


def _visit(connection: HTTPConnection, link: str, trial: Trial) -> int:
    origin, _, way_in = link.partition("/?")
    require(_ask(connection, "/").status == 403, "a stranger was let in")
    cookie = _ask(connection, f"/?{way_in}").cookie
    require(cookie, "the link did not let anybody in")
    require(_ask(connection, f"/?{way_in}").status == 403, "the link works twice")
    session = {"Cookie": cookie}
    page = _ask(connection, "/", session)
    require(page.status == 200 and b"<title>Loopi" in page.content, "the page was not served")
    token = json.loads(_ask(connection, "/api/session", session).content)["value"]["token"]
    sent = {**session, "Origin": origin, TOKEN_HEADER: token, "Content-Type": "application/json"}
    answer = _ask(connection, "/api/credentials.list", sent, body="{}")
    require(trial.secret.encode() not in answer.content, "an answer holds the secret")
    listed = json.loads(answer.content)["value"]["entries"]
    require(CREDENTIAL in [entry["name"] for entry in listed], "the credential is not in the list")
    return len(listed)


def _ask(
    connection: HTTPConnection,
    path: str,
    headers: Mapping[str, str] | None = None,
    *,
    body: str | None = None,
) -> Answer:
    connection.request("GET" if body is None else "POST", path, body, dict(headers or {}))
    response = connection.getresponse()
    cookie = response.headers.get("Set-Cookie", "").partition(";")[0]
    return Answer(response.status, cookie, response.read())
