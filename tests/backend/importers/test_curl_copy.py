import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import resources
from backend.credentials.type_book import TypeBook
from backend.importers.curl import import_curl
from backend.importers.curl_copy import Copied, copy_as_curl, variable
from engine.model import Json
from servers.echo import EchoServer

TYPES = TypeBook.load(resources.schemas() / "credentials").types
URL = "https://h.example/x"


def copied(type_id: str = "", shown: dict[str, str] | None = None, **step: Json) -> Copied:
    return copy_as_curl({"url": URL, **step}, TYPES.get(type_id), shown or {})


@pytest.mark.parametrize(
    ("type_id", "words"),
    [
        ("apiKey", "-H 'Authorization: Bearer '\"$API_KEY\""),
        ("basic", '-u "$USERNAME"\':\'"$PASSWORD"'),
        ("digest", '--digest -u "$USERNAME"\':\'"$PASSWORD"'),
        ("aws", "--aws-sigv4 'aws:amz:'\"$REGION\"':'\"$SERVICE\""),
        ("clientCertificate", "--cert certificate.pem"),
        ("oauth", "-H 'Authorization: Bearer '\"$ACCESS_TOKEN\""),
    ],
)
def test_what_a_type_signs_is_written_with_names(type_id: str, words: str) -> None:
    assert words in copied(type_id).text


def test_a_field_that_is_no_secret_is_its_value() -> None:
    found = copied("apiKey", {"apiUrl": "https://api.example.com/"}, url="{{credentials.apiUrl}}me")
    assert "--url 'https://api.example.com/me'" in found.text
    assert "$API_KEY" in found.text


def test_a_secret_that_the_step_places_is_not_signed_as_well() -> None:
    found = copied("apiKey", url=URL + "?k={{credentials.apiKey}}")
    assert "Authorization" not in found.text
    assert "--url 'https://h.example/x?k='\"$API_KEY\"" in found.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"json": {"a": 1}}, "--data-raw '{\"a\":1}'"),
        ({"form": {"a": ["1", "2"]}}, "--data-urlencode 'a=2'"),
        ({"text": "@/etc/passwd"}, "--data-raw '@/etc/passwd'"),
        ({"file": "a.bin"}, "-H 'Content-Type: application/octet-stream' \\\n  --data-binary '@a.bin'"),
        ({"multipart": [{"name": "f", "file": "a"}]}, "-F 'f=@a;type=application/octet-stream'"),
        (
            {"multipart": [{"name": "f", "file": "a", "contentType": "text/csv; charset=utf-8"}]},
            "-F 'f=@a;type=text/csv; charset=utf-8'",
        ),
        (
            {"multipart": [{"name": "f", "file": "a", "contentType": "a/b;headers=@/etc/passwd"}]},
            "-F 'f=@a;type=\"a/b;headers=@/etc/passwd\"'",
        ),
        (
            {"multipart": [{"name": "f", "file": "a.png", "contentType": "image/png"}]},
            "-F 'f=@a.png;type=image/png'",
        ),
        ({"multipart": [{"name": "v", "value": "@/etc/passwd"}]}, "--form-string 'v=@/etc/passwd'"),
    ],
)
def test_each_kind_of_body_is_written_and_no_value_reads_a_file(body: Json, words: str) -> None:
    assert words in copied(method="POST", body=body).text


def test_a_query_is_encoded_as_the_step_sends_it() -> None:
    assert f"{URL}?q=a%26admin%3D1&s=x%20%C3%BC" in copied(query={"q": "a&admin=1", "s": "x ü"}).text
    assert f"{URL}?q={{{{city}}}}%2F" in copied(query={"q": "{{city}}/"}).text


def test_a_field_that_may_be_shown_is_encoded_in_the_address_but_for_its_start() -> None:
    shown = {"apiUrl": "https://h.example/v1/", "id": "a b&c"}
    found = copied(url="{{credentials.apiUrl}}x?id={{credentials.id}}", shown=shown)
    assert "'https://h.example/v1/x?id=a%20b%26c'" in found.text
    assert found.notes == ()


def test_a_secret_in_the_address_is_said_to_want_encoding() -> None:
    assert "API_KEY" in copied(url=URL + "?key={{credentials.apiKey}}").notes[0]


def test_braces_that_are_no_placeholder_are_written_plainly() -> None:
    found = copied(method="POST", body={"text": 'a={{ "{{" }}b}}'})
    assert ("'a={{b}}'" in found.text, found.notes) == (True, ())


def test_what_curl_cannot_do_is_said() -> None:
    found = copied(url=URL + "?c={{city}}", pagination={"kind": "link"})
    assert len(found.notes) == 2
    assert "{{city}}" in found.text


def test_a_variable_is_named_as_shells_name_them() -> None:
    assert variable("xApiKey") == "X_API_KEY"


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no sh here")
@pytest.mark.parametrize(
    "evil", ["$(touch x)", "`touch x`", "'; touch x; '", '"; touch x; "', "-o x", "a\nb", "\\"]
)
def test_nothing_in_a_step_is_run_by_the_shell(evil: str) -> None:
    found = copied(method="POST", headers={"X-A": evil}, body={"text": evil}, url=URL + "?a=" + evil)
    printing = found.text.replace("curl", "printf '%s\\0'", 1)
    done = subprocess.run(["sh", "-c", printing], capture_output=True, check=True)
    words = done.stdout.decode().split("\0")
    assert f"X-A: {evil}" in words
    assert f"{URL}?a={evil}".replace(" ", "%20") in words


STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
@pytest.mark.parametrize(
    "evil",
    [
        "\x1b[201~\rtouch x\r",
        "\x03touch x",
        "\x04",
        "a\x15b",
        "\u202ehs.evil",
        "\x9b201~",
        "\r\n",
        "\x7f'\x1b'1",
    ],
)
def test_what_is_pasted_steers_no_terminal_and_is_the_same(evil: str) -> None:
    found = copied(method="POST", body={"text": f"<{evil}>"})
    assert not STEERING.search(found.text)
    printing = found.text.replace("curl", "printf '%s\\0'", 1)
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["bash", "-c", printing], capture_output=True, check=True, env=environ)
    assert f"<{evil}>" in done.stdout.decode().split("\0")


@pytest.mark.parametrize("url", ["@/etc/passwd", " @/etc/passwd", "@{{credentials.apiKey}}"])
def test_an_address_does_not_make_curl_read_a_file_of_addresses(url: str) -> None:
    assert "@" not in copied(url=url).text


def test_a_header_does_not_make_curl_read_a_file_of_headers() -> None:
    found = copied(headers={"@/etc/passwd": "x", "X-B": "y"})
    assert "passwd" not in found.text
    assert "-H 'X-B: y'" in found.text


PART = {"name": "a", "file": "a.png"}


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
@pytest.mark.parametrize(
    "body",
    [
        {"file": "SECRET"},
        {"file": "../secret"},
        {"file": "~/secret"},
        {"multipart": [{**PART, "file": "SECRET"}]},
        {"multipart": [{**PART, "file": "a.png,../secret"}]},
        {"multipart": [{**PART, "file": "a.png;type=x,../secret"}]},
        {"multipart": [{**PART, "name": "x=@../secret;y"}]},
        {"multipart": [{**PART, "name": "x=<../secret;y"}]},
        {"multipart": [{**PART, "contentType": "image/png,../secret"}]},
        {"multipart": [{**PART, "fileName": "a,../secret"}]},
        {"multipart": [{**PART, "fileName": 'a",../secret;x="'}]},
        {"multipart": [{**PART, "contentType": "a/b;headers=@../secret"}]},
    ],
)
def test_the_command_sends_no_file_that_the_step_could_not(
    body: dict[str, Json], tmp_path: Path, server: EchoServer
) -> None:
    folder, secret = tmp_path / "in", tmp_path / "secret"
    folder.mkdir()
    secret.write_text("X-Canary: never-sent")
    (folder / "a.png").write_text("picture")
    command = copied(method="POST", body=json.loads(json.dumps(body).replace("SECRET", str(secret))))
    text = command.text.replace(URL, f"{server.url}/echo")
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    subprocess.run(
        ["sh", "-c", f"{text} -s -m 10"], cwd=folder, env=environ, capture_output=True, check=False
    )
    assert not any(b"never-sent" in seen.body for seen in server.requests)
    assert not any("canary" in name.lower() for seen in server.requests for name, _ in seen.headers)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0{"), max_size=40))
def test_what_is_copied_is_imported_again(text: str) -> None:
    found = import_curl(copied(method="POST", body={"multipart": [{"name": "a", "value": text}]}).text)
    steps = found.automations[0]["steps"]
    assert isinstance(steps, list)
    assert steps[0]["body"] == {"multipart": [{"name": "a", "value": text}]}
