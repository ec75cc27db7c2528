"""What a step would send, with a network that is not there: the code of a run makes it."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from backend.app import open_app
from backend.runs.clock import SystemClock
from backend.runs.preview import Preview, Previewer, only
from engine.model import Json
from engine.parse.book import StepBook
from engine.parse.document import parse
from engine.ports import Credential, Settings, Signing
from engine.secrets import Secret

TOKEN = "t0ken-canary-88"
CALL: Mapping[str, Json] = {"id": "c", "type": "apiCall", "method": "GET", "url": "https://api.example.com/a"}
TWEET: Mapping[str, Json] = {
    "id": "t",
    "type": "twitterCreateTweet",
    "credentialId": "x",
    "text": "Hot in {{city}}",
}
KEYS = ("apiKey", "apiSecret", "accessToken", "accessSecret")


@pytest.fixture
def book(tmp_path: Path) -> StepBook:
    return open_app({"LOOPI_HOME": str(tmp_path)}).book


class Saved:
    def __init__(self, *credentials: Credential) -> None:
        self._by_id = {each.id: each for each in credentials}

    def find(self, reference: str) -> Credential | None:
        return self._by_id.get(reference)


BEARER = Credential(
    "b", "Bearer", "custom", {"token": Secret(TOKEN)}, Signing("bearer", fields={"token": "token"})
)
X = Credential("x", "X", "twitter", {key: Secret(f"{key}-{TOKEN}") for key in KEYS}, Signing("oauth1"))


def shown(book: StepBook, step: Mapping[str, Json], values: Mapping[str, Json] | None = None) -> Preview:
    previewer = Previewer(Saved(BEARER, X), Settings(), SystemClock())
    return previewer.show(parse(only(step), book=book), values or {})


def test_a_call_is_shown_as_it_is_sent_with_the_signature_as_bullets(book: StepBook) -> None:
    step = {**CALL, "credentialId": "b", "query": {"q": "{{city}}"}, "body": {"json": {"a": "{{n}}"}}}
    request = shown(book, step, {"city": "São Paulo", "n": 7}).request
    assert request is not None
    assert (request.method, request.url) == ("GET", "https://api.example.com/a?q=S%C3%A3o%20Paulo")
    assert (request.headers["Authorization"], request.body) == ("••••••••", '{"a":7}')


def test_what_has_no_value_yet_stays_a_placeholder_wherever_it_stands(book: StepBook) -> None:
    step = {
        **CALL,
        "url": "https://{{host}}/{{ a.b }}?c={{ d | upper }}",
        "headers": {"X-E": "{{e}}"},
        "body": {"json": {"f": "{{f}}"}},
    }
    request = shown(book, step).request
    assert request is not None
    assert request.url == "https://{{host}}/{{a.b}}?c={{d | upper}}"
    assert (request.headers["X-E"], request.body) == ("{{e}}", '{"f":"{{f}}"}')


def test_the_fields_of_a_credential_are_bullets(book: StepBook) -> None:
    step = {**CALL, "credentialId": "b", "url": "https://api.example.com/a?t={{credentials.token}}"}
    request = shown(book, step).request
    assert request is not None
    assert request.url == "https://api.example.com/a?t=••••••••"


def test_a_tweet_is_shown_as_it_is_posted_and_holds_no_key(book: StepBook) -> None:
    request = shown(book, TWEET, {"city": "Oslo"}).request
    assert request is not None
    assert (request.method, request.url) == ("POST", "https://api.x.com/2/tweets")
    assert request.body == '{"text": "Hot in Oslo"}'
    assert TOKEN not in repr(request)


def test_why_there_is_no_request_is_said_in_the_words_of_a_run(book: StepBook) -> None:
    preview = shown(book, {**TWEET, "credentialId": "gone"})
    assert preview.failure is not None
    assert preview.failure.code == "credential.missing"
    assert shown(book, {**TWEET, "text": ""}).failure is not None
    foreign = {**CALL, "credentialId": "b", "url": "{{where}}/a"}
    assert shown(book, foreign).request is None


def test_a_step_without_a_request_has_no_preview(book: StepBook) -> None:
    step = {"id": "v", "type": "setVariable", "variableName": "a", "value": "1"}
    assert shown(book, step) == Preview(None)
