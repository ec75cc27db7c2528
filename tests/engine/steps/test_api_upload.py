from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import LoopiError
from engine.model import Json, Step
from engine.ports import Settings
from engine.secrets import BULLETS, Secret
from engine.steps.api_upload import file_names, file_warnings, upload_of
from servers.api_run import ApiRun, api_run, key_credential
from servers.echo import EchoServer


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "a.txt").write_bytes(b"what is in the file")
    return Settings(files_folder=str(tmp_path))


@pytest.fixture
def run(settings: Settings) -> Iterator[ApiRun]:
    with api_run(settings=settings) as running:
        yield running


def test_a_file_is_the_body(run: ApiRun, server: EchoServer) -> None:
    run.call(url=server.url, method="PUT", body={"file": "a.txt"}, headers={"Content-Type": "text/plain"})
    seen = server.requests[0]
    assert (seen.body, seen.header("Content-Type"), seen.header("Content-Length")) == (
        b"what is in the file",
        "text/plain",
        "19",
    )
    assert run.sent.body == "@a.txt (19 bytes)"


def test_parts_are_sent_between_the_boundary_that_is_recorded(run: ApiRun, server: EchoServer) -> None:
    parts: Json = [{"name": "title", "value": "ü"}, {"name": "f", "file": "a.txt", "fileName": "b.txt"}]
    run.call(url=server.url, method="POST", body={"multipart": parts})
    seen = server.requests[0]
    assert seen.header("Content-Type") == run.sent.headers["Content-Type"]
    boundary = (seen.header("Content-Type") or "").partition("boundary=")[2].encode()
    assert seen.body.count(boundary) == 3
    assert b'name="f"; filename="b.txt"' in seen.body
    assert b"what is in the file" in seen.body
    assert run.sent.body == "title=ü\nf=@a.txt"


def test_a_secret_in_a_part_is_sent_and_not_shown(settings: Settings, server: EchoServer) -> None:
    key = Secret("key-of-the-test-0001")
    with api_run(key_credential(None, server.url, apiKey=key), settings) as run:
        parts: Json = [{"name": "key", "value": "{{credentials.apiKey}}"}]
        run.call(url=server.url + "/x", method="POST", body={"multipart": parts})
    assert key.reveal().encode() in server.requests[0].body
    assert run.sent.body == f"key={BULLETS}"
    assert key.reveal() not in repr(run.facts)


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ({"file": "{{name}}"}, {"file": "a.txt"}),
        ({"file": "{{name}}"}, {"file": "{{name}}"}),
        ("{{body}}", {"file": "a.txt"}),
        ({"multipart": "{{parts}}"}, {"multipart": [{"name": "f", "file": "a.txt"}]}),
        ({"multipart": [{"name": "f", "file": "b{{x}}"}]}, {"multipart": [{"name": "f", "file": "a.txt"}]}),
    ],
)
def test_no_value_ever_chooses_the_file(run: ApiRun, written: Json, filled: Json) -> None:
    context = run.context(url="https://h/", body=written)
    with pytest.raises(LoopiError) as caught:
        upload_of({"body": filled}, context)
    assert caught.value.code == "file.not_literal"


def test_a_file_that_is_not_there_fails_before_anything_is_sent(run: ApiRun, server: EchoServer) -> None:
    with pytest.raises(LoopiError) as caught:
        run.call(url=server.url, method="POST", body={"file": "missing"})
    assert caught.value.code == "file.unreadable"
    assert (server.requests, run.facts) == ([], [])


def test_a_body_without_files_is_none_of_its_business(run: ApiRun) -> None:
    assert upload_of({"body": {"json": {"file": "a.txt"}}}, run.context(url="https://h/")) is None
    assert file_names({"json": {"file": "a.txt"}}) == []


def test_a_check_names_what_is_sent_and_written() -> None:
    step = Step("s", "apiCall", {"body": {"file": "a.txt"}, "saveResponseTo": "b"})
    assert file_warnings(step.params) == [
        "sends the file a.txt of this machine",
        "writes a file on this machine",
    ]
    assert file_warnings({"url": "https://h/"}) == []
