"""The sides that are compared: what each does in one round. Runs in a worker, never in the bench itself."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeAlias

from bench.automation import API_KEY, LOOPS, credentials, many_steps, twitter_steps
from bench.home import Home

if TYPE_CHECKING:
    from backend.app import App

Play: TypeAlias = Callable[[], None]
Side: TypeAlias = Callable[[Home], AbstractContextManager[Play]]


def new_app(home: Home) -> "App":
    """The whole program, with the credentials that the automations name in its vault."""
    from backend.app import open_app

    app = open_app(home.environ)
    for name, (kind, fields) in credentials(home.url).items():
        app.credentials.add(kind, name, fields)
    return app


def _loopi(document: Callable[[int], Mapping[str, object]]) -> Side:
    """An automation as users run it: vault, journal on disk, templates, redaction."""

    @contextmanager
    def side(home: Home) -> Iterator[Play]:
        app = new_app(home)
        automation = app.parse(document(home.steps))

        def play() -> None:
            finished = app.runs.start(automation).wait()
            assert finished is not None
            assert finished.outcome == "succeeded", finished.error

        yield play
        app.journal.close()

    return side


@contextmanager
def _loopi_parse(home: Home) -> Iterator[Play]:
    app = new_app(home)
    document = many_steps(home.steps)

    def play() -> None:
        app.parse(document)

    yield play


def _httpx(threads: int) -> Side:
    """The least that the same requests cost with httpx: one client, one URL, the answer read as JSON."""

    @contextmanager
    def side(home: Home) -> Iterator[Play]:
        import httpx

        url = home.url + "/data/2.5/weather?q=London&units=metric&appid=" + API_KEY
        with httpx.Client() as client, ThreadPoolExecutor(threads) as pool:

            def get(_index: int) -> float:
                return float(client.get(url).json()["main"]["temp"])

            def play() -> None:
                each = map(get, range(home.steps))
                found = list(each if threads == 1 else pool.map(get, range(home.steps)))
                assert len(set(found)) == 1

            yield play

    return side


@contextmanager
def _tweepy(home: Home) -> Iterator[Play]:
    """The library by itself: it knows one host, so its session sends to the stand-in before it signs."""
    import requests
    from tweepy import Client

    class Session(requests.Session):
        def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
            request.url = request.url.replace("https://api.twitter.com", home.url)
            return super().prepare_request(request)

    keys = ("apiKey", "apiSecret", "accessToken", "accessSecret")
    fields = credentials(home.url)["X"][1]
    client = Client(None, *(fields[key] for key in keys), return_type=dict)
    client.session = Session()
    client.session.trust_env = False

    def play() -> None:
        for _ in range(home.steps):
            answer = client.get_user(username="loopi_test", user_auth=True)
            assert answer["data"]["username"] == "loopi_test"

    yield play


SIDES: Mapping[str, Side] = {
    "loopi, steps": _loopi(many_steps),
    "loopi, forEach": _loopi(LOOPS[1]),
    "loopi, forEach 8": _loopi(LOOPS[8]),
    "loopi, parse": _loopi_parse,
    "loopi, twitter": _loopi(twitter_steps),
    "httpx": _httpx(1),
    "httpx, 8 threads": _httpx(8),
    "tweepy": _tweepy,
}
