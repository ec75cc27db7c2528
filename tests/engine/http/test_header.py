import pytest

from engine.http.error import HttpError
from engine.http.header import Headers, encode_header, without


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\x7fb"])
def test_a_value_with_a_line_break_is_refused_by_the_name_of_its_header(value: str) -> None:
    with pytest.raises(HttpError) as caught:
        encode_header("X-Key", value)
    assert caught.value.code == "http.invalid_header"
    assert "X-Key" in caught.value.message
    assert "Evil" not in caught.value.message


def test_a_value_beyond_latin_1_is_refused_without_being_repeated() -> None:
    with pytest.raises(HttpError) as caught:
        encode_header("X-City", "東京")
    assert "X-City" in caught.value.message
    assert "東" not in caught.value.message


@pytest.mark.parametrize("name", ["", "X Key", "X-Key:", "X\r\nEvil", "Schlüssel"])
def test_a_name_that_is_no_token_is_refused(name: str) -> None:
    with pytest.raises(HttpError):
        encode_header(name, "1")


@pytest.mark.parametrize("name", ["Host", "content-length", "Transfer-Encoding", "Connection"])
def test_headers_that_frame_the_message_cannot_be_set(name: str) -> None:
    with pytest.raises(HttpError) as caught:
        encode_header(name, "1")
    assert name in caught.value.message


def test_spaces_around_a_value_are_dropped_and_latin_1_is_kept() -> None:
    assert encode_header("X-City", " Zürich\t") == (b"X-City", "Zürich".encode("latin-1"))


def test_headers_of_an_answer_are_found_whatever_their_case() -> None:
    headers = Headers([(b"Content-TYPE", b"text/plain"), (b"x-a", b"1"), (b"X-A", b"2")])
    assert headers.get("content-type") == "text/plain"
    assert headers.get("X-a") == "1, 2"
    assert headers.all("x-a") == ("1", "2")
    assert headers.get("missing") is None


def test_only_cookies_are_shown_as_a_list() -> None:
    headers = Headers([(b"Set-Cookie", b"a=1; Expires=Mon, 1"), (b"X-A", b"1"), (b"X-A", b"2")])
    assert headers.to_json() == {"set-cookie": ["a=1; Expires=Mon, 1"], "x-a": "1, 2"}


def test_printing_headers_shows_names_only() -> None:
    assert repr(Headers([(b"Set-Cookie", b"session=abc")])) == "Headers(set-cookie)"


def test_headers_are_removed_by_lower_case_name() -> None:
    assert without((("Cookie", "a"), ("Accept", "b")), ("cookie",)) == (("Accept", "b"),)


def test_a_value_of_an_answer_is_read_as_utf_8_and_else_as_latin_1() -> None:
    headers = Headers([(b"x-a", "Zürich 🔑".encode()), (b"x-b", "Zürich".encode("latin-1"))])
    assert (headers.get("x-a"), headers.get("x-b")) == ("Zürich 🔑", "Zürich")
