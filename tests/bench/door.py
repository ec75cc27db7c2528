"""What a call of the page's takes, over one connection from another program, against waitress alone."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection

from bench.child import server
from bench.home import a_home
from bench.row import Row
from bench.scale import Scale
from bench.serving import Served, served

# What the door may cost besides HTTP: its checks, the parameters, the answer.
BAR_MS = 2.0
NAME = "a call of the page's, there and back"


def rows(scale: Scale) -> list[Row]:
    """Milliseconds of wall-clock time for one call, the least of all rounds."""
    with (
        server("waitress") as url,
        a_home(url) as home,
        served(home.environ) as page,
        _calls(page, scale.steps) as ours,
        _posts(url, scale.steps) as peers,
    ):
        pairs = [(ours(), peers()) for _ in range(max(scale.rounds, 2))]
    least = [min(side) * 1000 for side in zip(*pairs, strict=True)]
    return [Row(NAME, "ms", least[0], least[1], "waitress", bar=BAR_MS)]


@contextmanager
def _calls(page: Served, count: int) -> Iterator[Callable[[], float]]:
    """Calls of `app.info` by a browser that has been let in."""
    origin = page.url.removesuffix("/")
    with closing(HTTPConnection(origin.removeprefix("http://"))) as connection:
        cookie = _send(connection, "GET", "/?" + page.link.partition("?")[2], {})[0]
        session = {"Cookie": cookie.partition(";")[0]}
        token = json.loads(_send(connection, "GET", "/api/session", session)[1])["value"]["token"]
        headers = {**session, "Origin": origin, "X-Loopi": token, "Content-Type": "application/json"}
        yield lambda: _timed(connection, "/api/app.info", headers, count)


@contextmanager
def _posts(url: str, count: int) -> Iterator[Callable[[], float]]:
    with closing(HTTPConnection(url.removeprefix("http://"))) as connection:
        yield lambda: _timed(connection, "/", {"Content-Type": "application/json"}, count)


def _timed(connection: HTTPConnection, path: str, headers: Mapping[str, str], count: int) -> float:
    """Seconds that one of `count` calls took on average."""
    began_at = time.perf_counter()
    for _ in range(count):
        content = _send(connection, "POST", path, headers)[1]
    assert content.startswith(b'{"ok":true')
    return (time.perf_counter() - began_at) / count


def _send(connection: HTTPConnection, verb: str, path: str, headers: Mapping[str, str]) -> tuple[str, bytes]:
    """The cookie that is set, and the body."""
    connection.request(verb, path, b"{}" if verb == "POST" else None, dict(headers))
    answer = connection.getresponse()
    return answer.headers.get("Set-Cookie", ""), answer.read()
