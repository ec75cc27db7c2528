import pytest

from backend.importers.curl_login import sign
from backend.importers.curl_options import read_options
from backend.importers.secret_finder import SecretFinder


def busy() -> SecretFinder:
    finder = SecretFinder()
    finder.put("key", "k-0001")
    return finder


def test_a_login_alone_needs_no_header() -> None:
    finder = SecretFinder()
    assert sign(read_options(["-u", "a:bcdefg"]), "", "", finder) == ""
    assert finder.kind == "basic"


def test_a_key_in_the_place_of_the_user_is_taken() -> None:
    finder = SecretFinder()
    assert sign(read_options(["-u", "sk_0001:"]), "", "", finder) == "Basic {{credentials.authorization}}"
    assert finder.fields["authorization"].reveal() == "c2tfMDAwMTo="


@pytest.mark.parametrize("scope", ["aws:amz", "aws:amz:us-east-1"])
def test_an_aws_key_is_never_sent_as_a_login(scope: str) -> None:
    given, finder = read_options(["--aws-sigv4", scope, "-u", "AKID:s-0001"]), SecretFinder()
    assert sign(given, "", "", finder) == ""
    assert (finder.fields, "REGION" in given.notes[0]) == ({}, True)


def test_a_session_token_of_aws_belongs_to_its_login() -> None:
    given, finder = read_options(["--aws-sigv4", "aws:amz:r:s", "-u", "AKID:s-0001"]), SecretFinder()
    assert sign(given, "", "", finder, session_token="t-0001") == ""
    assert (finder.kind, finder.fields["sessionToken"].reveal()) == ("aws", "t-0001")


def test_beside_another_secret_the_header_is_written_out() -> None:
    finder = busy()
    assert sign(read_options([]), "a:b", "", finder) == "Basic {{credentials.authorization}}"
    assert finder.fields["authorization"].reveal() == "YTpi"
    assert sign(read_options([]), "", "Bearer t-0001", busy()) == "Bearer {{credentials.authorization}}"


@pytest.mark.parametrize("words", [["--digest"], ["--aws-sigv4", "aws:amz:r:s"]])
def test_what_cannot_be_written_out_is_named(words: list[str]) -> None:
    given = read_options([*words, "-u", "a:b"])
    assert sign(given, "", "", busy()) == ""
    assert "was not taken" in given.notes[0]


def test_a_name_without_a_password_is_named() -> None:
    given = read_options(["-u", "ada"])
    assert sign(given, "", "", SecretFinder()) == ""
    assert "no password" in given.notes[0]
