import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.content import MAX_DEPTH, parse_json, read_content
from engine.http.header import Headers
from engine.model import Json


def read(body: bytes | str, kind: str | None = "application/json") -> tuple[Json, str]:
    headers = Headers([(b"content-type", kind.encode())] if kind else [])
    content = read_content(headers, body.encode() if isinstance(body, str) else body)
    return content.data, content.note


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", "application/problem+json"]
)
def test_json_becomes_a_value(kind: str) -> None:
    assert read('{"a": [1, null, true]}', kind) == ({"a": [1, None, True]}, "")


def test_whole_numbers_keep_all_digits() -> None:
    assert read('{"id": 12345678901234567890123}')[0] == {"id": 12345678901234567890123}


def test_other_numbers_are_floats() -> None:
    assert read("[1.5, 1e3, -0.0]")[0] == [1.5, 1000.0, -0.0]


@pytest.mark.parametrize(
    "body",
    ["<html>", "{", "[NaN]", "[Infinity]", "[1e999]", "1" * 5000, "[" * 100_000, "[" * 200 + "]" * 200],
)
def test_what_is_not_json_in_spite_of_its_label_stays_text(body: str) -> None:
    data, note = read(body)
    assert data == body
    assert "cannot be read" in note


def test_nesting_is_allowed_up_to_its_limit() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH)[1] == ""
    assert read('{"a":' * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1))[1] != ""


def test_half_a_surrogate_pair_cannot_poison_what_is_written_later() -> None:
    data, _ = read(r'{"a": "x\ud800y", "b": "\ud83d\ude00", "id": 12345678901234567890}')
    assert data == {"a": "x?y", "b": "😀", "id": 12345678901234567890}


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("grün".encode("latin-1"), "text/plain; charset=iso-8859-1", "grün"),
        ("grün".encode("cp1252"), 'text/html; charset="windows-1252"', "grün"),
        ("日本".encode("shift_jis"), "text/plain;charset=Shift_JIS", "日本"),
        ("grün".encode(), "text/plain", "grün"),
        (b"\xef\xbb\xbf" + "grün".encode(), "text/plain", "grün"),
        ("grün".encode("utf-16"), "text/plain", "grün"),
        ("\ufeffgrün".encode("utf-16-be"), "text/plain", "grün"),
        ("grün".encode(), "text/plain; charset=nonsense", "grün"),
        ("grün".encode(), "text/plain; charset=base64", "grün"),
        (rb"\u0041", "text/plain; charset=unicode_escape", r"\u0041"),
        (b"gr\xfcn", "text/plain", "gr\ufffdn"),
        (b"plain words", None, "plain words"),
        (b"plain words", "application/octet-stream", "plain words"),
        (b"<svg/>", "image/svg+xml", "<svg/>"),
        (b"", "text/plain", None),
    ],
)
def test_text_is_read_by_header_then_mark_then_utf_8(body: bytes, kind: str | None, text: str | None) -> None:
    assert read(body, kind) == (text, "")


def test_json_in_another_charset_and_with_a_mark_is_read() -> None:
    assert read('{"a":"ü"}'.encode("latin-1"), "application/json; charset=latin-1")[0] == {"a": "ü"}
    assert read(b'\xef\xbb\xbf{"a":1}')[0] == {"a": 1}
    assert read('{"a":1}'.encode("utf-16"))[0] == {"a": 1}


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"abc", "image/png"), (b"%PDF-1.7", "application/pdf"), (b"\0\1", None), (b"\xff\xfe\xfd"[1:], "x/y")],
)
def test_binary_never_becomes_a_value(body: bytes, kind: str | None) -> None:
    data, note = read(body, kind)
    assert data is None
    assert "binary" in note


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
    )
)
def test_every_value_survives_being_written_and_read(value: Json) -> None:
    import json

    clean = json.loads(json.dumps(value).encode("utf-8"))
    if "\\ud" not in json.dumps(value):
        assert parse_json(json.dumps(value, ensure_ascii=False)) == clean


@given(
    st.binary(max_size=200), st.sampled_from(["application/json", "text/plain", "text/x; charset=utf-7", ""])
)
def test_no_body_makes_reading_fail(body: bytes, kind: str) -> None:
    data, _ = read(body, kind or None)
    assert str(data).encode("utf-8").decode("utf-8") == str(data)
