"""The rules of HTTP against httpbin, through the step that people use."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.effects import StepResult
from engine.model import Json
from engine.ports import Settings, Signing
from engine.secrets import BULLETS, Secret
from servers.api_run import ApiRun, api_run, key_credential
from servers.echo import EchoServer
from servers.httpbin import httpbin_server

PASSWORD = "password-of-the-test"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture(scope="module")
def httpbin() -> Iterator[str]:
    with httpbin_server() as url:
        yield url


@pytest.fixture
def run(tmp_path: Path) -> Iterator[ApiRun]:
    with api_run(settings=Settings(max_redirects=3, files_folder=str(tmp_path))) as running:
        yield running


def data(result: StepResult) -> dict[str, object]:
    """The JSON that httpbin answered with."""
    assert result.status == "ok", result.failure
    answer = result.output["data"]
    assert isinstance(answer, dict)
    return dict(answer)


def failure(result: StepResult) -> str:
    assert result.failure is not None
    return result.failure.code


@pytest.mark.parametrize("method", METHODS)
def test_each_method_arrives_as_itself(run: ApiRun, httpbin: str, method: str) -> None:
    body: dict[str, Json] = {} if method == "GET" else {"body": {"json": {"ü": [1, None]}}}
    answer = data(run.call(method=method, url=f"{httpbin}/anything?a=1&a=ü", **body))
    assert (answer["method"], answer["args"]) == (method, {"a": ["1", "ü"]})
    assert answer["json"] == (None if method == "GET" else {"ü": [1, None]})


def test_head_has_a_status_and_no_body(run: ApiRun, httpbin: str) -> None:
    result = run.call(method="HEAD", url=f"{httpbin}/get")
    assert (result.output["status"], result.output["data"]) == (200, None)


@pytest.mark.parametrize("kind", ["redirect", "relative-redirect", "absolute-redirect"])
def test_three_redirects_are_followed_and_the_fourth_is_not(run: ApiRun, httpbin: str, kind: str) -> None:
    result = run.call(method="GET", url=f"{httpbin}/{kind}/3")
    assert (result.output["status"], result.output["url"]) == (200, f"{httpbin}/get")
    assert failure(run.call(method="GET", url=f"{httpbin}/{kind}/4")) == "http.too_many_redirects"


@pytest.mark.parametrize(
    ("status", "method"), [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")]
)
def test_a_post_becomes_a_get_where_the_standard_says_so(
    run: ApiRun, httpbin: str, status: int, method: str
) -> None:
    url = f"{httpbin}/redirect-to?status_code={status}&url=/anything"
    answer = data(run.call(method="POST", url=url, body={"json": {"a": 1}}))
    assert (answer["method"], answer["json"]) == (method, {"a": 1} if method == "POST" else None)


def test_a_redirect_to_another_host_gets_no_credential(httpbin: str) -> None:
    bearer = Signing("header", "Authorization", "Bearer {{credentials.apiKey}}")
    credential = key_credential(bearer, httpbin, apiKey=Secret(PASSWORD))
    with EchoServer() as other, api_run(credential) as run:
        url = f"{httpbin}/redirect-to?url={other.url}/x"
        assert failure(run.call(method="GET", url=url)) == "policy.host_blocked"
        assert other.requests == []


def test_basic_authentication_is_taken_and_a_wrong_one_told(httpbin: str) -> None:
    for password, code in ((PASSWORD, ""), ("wrong-password", "http.unauthorized")):
        credential = key_credential(Signing("basic"), httpbin, username="ada", password=Secret(password))
        with api_run(credential) as run:
            result = run.call(method="GET", url=f"{httpbin}/basic-auth/ada/{PASSWORD}")
        assert (result.failure.code if result.failure else "") == code


def test_a_bearer_token_is_taken_and_what_is_repeated_is_for_the_redactor(httpbin: str) -> None:
    bearer = Signing("header", "Authorization", "Bearer {{credentials.apiKey}}")
    with api_run(key_credential(bearer, httpbin, apiKey=Secret(PASSWORD))) as run:
        answer = data(run.call(method="GET", url=f"{httpbin}/bearer"))
        assert run.resources.redactor.value(answer) == {"authenticated": True, "token": BULLETS}
    with api_run() as run:
        assert failure(run.call(method="GET", url=f"{httpbin}/bearer")) == "http.status"


@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
@pytest.mark.parametrize("qop", ["auth", "auth-int"])
def test_a_digest_is_answered(httpbin: str, algorithm: str, qop: str) -> None:
    credential = key_credential(Signing("digest"), httpbin, username="ada", password=Secret(PASSWORD))
    url = f"{httpbin}/digest-auth/{qop}/ada/{PASSWORD}/{algorithm}"
    with api_run(credential) as run:
        # httpbin ties its nonce to a cookie, which a step gives as any other header.
        result = run.call(method="GET", url=url, headers={"Cookie": "fake=fake_value"})
        assert data(result) == {"authenticated": True, "user": "ada"}


def test_a_wrong_digest_is_the_credentials_fault(httpbin: str) -> None:
    credential = key_credential(Signing("digest"), httpbin, username="ada", password=Secret("wrong-one"))
    url = f"{httpbin}/digest-auth/auth/ada/{PASSWORD}/SHA-256"
    with api_run(credential) as run:
        result = run.call(method="GET", url=url, headers={"Cookie": "fake=fake_value"})
    assert failure(result) == "http.unauthorized"


@pytest.mark.parametrize(("coding", "told"), [("gzip", "gzipped"), ("deflate", "deflated")])
def test_packed_answers_are_unpacked(run: ApiRun, httpbin: str, coding: str, told: str) -> None:
    assert data(run.call(method="GET", url=f"{httpbin}/{coding}"))[told] is True


def test_a_coding_that_was_not_asked_for_is_not_guessed_at(run: ApiRun, httpbin: str) -> None:
    assert "br" not in str(data(run.call(method="GET", url=f"{httpbin}/headers"))["headers"])


def test_cookies_are_shown_and_not_kept(run: ApiRun, httpbin: str) -> None:
    result = run.call(method="GET", url=f"{httpbin}/response-headers?Set-Cookie=a%3D1&Set-Cookie=b%3D2")
    headers = result.output["headers"]
    assert isinstance(headers, dict)
    assert headers["set-cookie"] == ["a=1", "b=2"]
    run.call(method="GET", url=f"{httpbin}/cookies/set/kept/no")
    assert data(run.call(method="GET", url=f"{httpbin}/cookies")) == {"cookies": {}}
    given = run.call(method="GET", url=f"{httpbin}/cookies", headers={"Cookie": "own=1"})
    assert data(given) == {"cookies": {"own": "1"}}


@pytest.mark.parametrize("status", [200, 201, 204, 400, 403, 404, 409, 418, 429, 500, 502, 503])
def test_a_status_is_told_as_it_is(run: ApiRun, httpbin: str, status: int) -> None:
    result = run.call(method="GET", url=f"{httpbin}/status/{status}")
    assert (result.output["status"], result.status) == (status, "ok" if status < 400 else "error")


def test_a_stream_is_read_to_its_end_and_no_further_than_the_limit(httpbin: str) -> None:
    with api_run(settings=Settings(max_response_bytes=100_000)) as run:
        lines = str(run.call(method="GET", url=f"{httpbin}/stream/5").output["data"]).splitlines()
        assert [json.loads(line)["id"] for line in lines] == [0, 1, 2, 3, 4]
        whole = run.call(method="GET", url=f"{httpbin}/stream-bytes/100000?chunk_size=999")
        assert whole.status == "ok"
        for path in ("stream-bytes/100001", "bytes/100001"):
            assert failure(run.call(method="GET", url=f"{httpbin}/{path}")) == "http.response_too_large"


def test_a_form_with_a_file_arrives_in_its_parts(run: ApiRun, httpbin: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(range(256)))
    parts: Json = [
        {"name": "title", "value": "ü\r\n--x"},
        {"name": "f", "file": "a.bin", "contentType": "application/octet-stream"},
    ]
    answer = data(run.call(method="POST", url=f"{httpbin}/post", body={"multipart": parts}))
    assert answer["form"] == {"title": "ü\r\n--x"}
    sent = base64.b64encode(bytes(range(256))).decode()
    assert answer["files"] == {"f": f"data:application/octet-stream;base64,{sent}"}


def test_a_form_is_read_as_it_was_meant(run: ApiRun, httpbin: str) -> None:
    fields: Json = {"a b": "c&d=e", "ü": "1+1"}
    assert data(run.call(method="POST", url=f"{httpbin}/post", body={"form": fields}))["form"] == fields


def test_a_file_is_sent_and_its_answer_saved(run: ApiRun, httpbin: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("what is in the file")
    url = f"{httpbin}/anything"
    body: Json = {"file": "a.txt"}
    result = run.call(method="PUT", url=url, body=body, saveResponseTo="answer.json")
    assert result.status == "ok"
    assert json.loads((tmp_path / "answer.json").read_text())["data"] == "what is in the file"


def test_a_picture_is_saved_to_the_byte(run: ApiRun, httpbin: str, tmp_path: Path) -> None:
    run.call(method="GET", url=f"{httpbin}/image/png", saveResponseTo="a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_what_has_not_changed_is_told_by_its_status(run: ApiRun, httpbin: str) -> None:
    cached = run.call(method="GET", url=f"{httpbin}/etag/one", headers={"If-None-Match": "one"})
    assert cached.output["status"] == 304
