import pytest

from backend.importers.curl_options import read_options
from backend.importers.curl_request import CurlRequest
from backend.importers.imported import NewCredential
from engine.model import Json


def made(*words: str) -> tuple[dict[str, Json], NewCredential | None, list[str]]:
    given = read_options(words)
    request = CurlRequest(given)
    steps = request.automation()["steps"]
    assert isinstance(steps, list)
    return steps[0], request.credential(), given.notes


def fields_of(found: NewCredential | None) -> dict[str, str]:
    return {key: value.reveal() for key, value in found.fields.items()} if found else {}


@pytest.mark.parametrize(
    ("words", "method"),
    [
        ((), "GET"),
        (("-d", "a=1"), "POST"),
        (("-F", "a=1"), "POST"),
        (("-I",), "HEAD"),
        (("-T", "a.txt"), "PUT"),
        (("-G", "-d", "a=1"), "GET"),
        (("-XDELETE",), "DELETE"),
        (("-X", "patch"), "PATCH"),
        (("-X", "PROPFIND"), "GET"),
    ],
)
def test_the_method_is_curl_s(words: tuple[str, ...], method: str) -> None:
    assert made("https://h.example/", *words)[0]["method"] == method


def test_get_puts_the_data_into_the_query() -> None:
    step, _, _ = made("https://h.example/x?z=0", "-G", "-d", "a=1", "--data-urlencode", "b=x y", "-d", "c=2")
    assert step["url"] == "https://h.example/x?z=0&a=1&b=x%20y&c=2"
    assert "body" not in step


@pytest.mark.parametrize(
    ("words", "kind", "fields"),
    [
        (("-u", "ada:s3cret"), "basic", {"username": "ada", "password": "s3cret"}),
        (("--digest", "-u", "ada:s3cret"), "digest", {"username": "ada", "password": "s3cret"}),
        (("-H", "Authorization: Basic YWRhOnMzY3JldA=="), "basic", {"username": "ada", "password": "s3cret"}),
        (("-H", "authorization: bearer tok-0001"), "apiKey", {"apiKey": "tok-0001"}),
        (("--oauth2-bearer", "tok-0001"), "apiKey", {"apiKey": "tok-0001"}),
        (("-H", "Authorization: token tok-0001"), "custom", {"authorization": "tok-0001"}),
        (
            ("--aws-sigv4", "aws:amz:eu-central-1:s3", "-u", "AKIA:s3cret"),
            "aws",
            {"accessKeyId": "AKIA", "secretAccessKey": "s3cret", "region": "eu-central-1", "service": "s3"},
        ),
    ],
)
def test_who_asks_becomes_a_type_that_signs(
    words: tuple[str, ...], kind: str, fields: dict[str, str]
) -> None:
    step, credential, _ = made("https://h.example/", *words)
    assert credential is not None
    assert (credential.type, fields_of(credential), credential.hosts) == (kind, fields, ("h.example",))
    assert ("headers" in step) is (kind == "custom")


def test_a_login_in_the_address_is_taken_out_of_it() -> None:
    step, credential, _ = made("https://ada:s3%20cret@h.example/x")
    assert step["url"] == "https://h.example/x"
    assert fields_of(credential) == {"username": "ada", "password": "s3 cret"}


def test_several_secrets_are_placed_from_one_credential() -> None:
    step, credential, _ = made(
        "https://h.example/?api_key=k-0001&q=1", "-u", "ada:s3cret", "-H", "X-Auth-Token: t-0001"
    )
    assert step["url"] == "https://h.example/?api_key={{credentials.apiKey}}&q=1"
    assert step["headers"] == {
        "X-Auth-Token": "{{credentials.xAuthToken}}",
        "Authorization": "Basic {{credentials.authorization}}",
    }
    assert fields_of(credential) == {
        "apiKey": "k-0001",
        "xAuthToken": "t-0001",
        "authorization": "YWRhOnMzY3JldA==",
    }


@pytest.mark.parametrize("stand_in", ["$TOKEN", "${TOKEN}", "<token>", "YOUR_API_KEY", "xxxxxxxx"])
def test_a_stand_in_is_no_secret_and_the_user_is_told(stand_in: str) -> None:
    step, credential, notes = made("https://h.example/", "-H", f"Authorization: Bearer {stand_in}")
    assert credential is not None
    assert (credential.fields, step["credentialId"]) == ({}, "h.example")
    assert "save a credential “h.example”" in notes[0]


def test_a_secret_over_plain_http_is_allowed_where_the_command_sent_it() -> None:
    _, credential, _ = made("http://printer.example:8080/", "-u", "a:bcdefg")
    assert credential is not None
    assert credential.hosts == ("http://printer.example:8080",)


def test_what_belongs_to_a_run_is_taken_over() -> None:
    step, _, _ = made("https://h.example/", "-m", "2.5", "--retry", "3", "--max-redirs", "0")
    assert (step["timeoutSeconds"], step["retry"], step["followRedirects"]) == (2.5, {"attempts": 4}, False)


def test_what_follows_a_number_sign_is_no_part_of_the_address() -> None:
    step, credential, _ = made("https://me:p-0001@h.example/docs?key=k-0001#intro")
    assert step["url"] == "https://h.example/docs?key={{credentials.key}}"
    assert credential is not None
    assert credential.hosts == ("h.example",)
    assert "p-0001" not in str(step)


def test_the_session_token_of_aws_is_no_header_of_its_own() -> None:
    signing = ("--aws-sigv4", "aws:amz:r:s", "-u", "AKID:s-0001", "-H", "X-Amz-Security-Token: t-0001")
    step, credential, notes = made(*signing, "https://h.example/")
    assert fields_of(credential)["sessionToken"] == "t-0001"
    assert ("headers" in step, notes) == (False, [])
