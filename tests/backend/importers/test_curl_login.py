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
