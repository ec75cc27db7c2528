import pytest

from backend.importers.curl_body import data_file, data_text, has_data, multipart, typed_body, uploaded
from backend.importers.curl_options import read_options
from backend.importers.secret_finder import SecretFinder
from engine.model import Json

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("text", "kind", "body", "says_kind"),
    [
        ("a=1&b=%20&b=x", FORM, {"form": {"a": "1", "b": [" ", "x"]}}, True),
        ("a=1&b=2&a=3", FORM, {"text": "a=1&b=2&a=3"}, False),
        ("not a form", FORM, {"text": "not a form"}, False),
        (
            '{"a": 12345678901234567890}',
            "application/json; charset=utf-8",
            {"json": {"a": 12345678901234567890}},
            True,
        ),
        ('{"a": 1}', "application/vnd.api+json", {"json": {"a": 1}}, False),
        ("{broken", "application/json", {"text": "{broken"}, False),
        ("<a/>", "text/xml", {"text": "<a/>"}, False),
        ("a={{x}}", FORM, {"form": {"a": '{{ "{{" }}x}}'}}, True),
    ],
)
def test_a_body_is_what_its_kind_says(text: str, kind: str, body: Json, says_kind: bool) -> None:  # noqa: FBT001
    assert typed_body(text, kind, SecretFinder()) == (body, says_kind)


def test_secrets_of_a_body_become_placeholders() -> None:
    finder = SecretFinder()
    body, _ = typed_body(
        '{"client_secret": "s-0001", "n": [{"password": "p-0001"}]}', "application/json", finder
    )
    assert body == {
        "json": {
            "client_secret": "{{credentials.clientSecret}}",
            "n": [{"password": "{{credentials.password}}"}],
        }
    }
    assert finder.fields["clientSecret"].reveal() == "s-0001"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ('{"password": "p-0001", "n": 1.5}', {"json": {"password": "{{credentials.password}}", "n": 1.5}}),
        ('{"n": 1}', {"text": '{"n": 1}'}),
        ("password=p-0001&flag", {"text": "password={{credentials.password}}&flag"}),
        ("a=1&password=p-0001&a=2", {"text": "a=1&password={{credentials.password}}&a=2"}),
        ("user[password]=p-0001", {"form": {"user[password]": "{{credentials.userPassword}}"}}),
    ],
)
def test_secrets_are_found_in_what_is_only_called_a_form(text: str, body: Json) -> None:
    assert typed_body(text, FORM, SecretFinder())[0] == body


def test_a_form_in_another_charset_stays_as_it_was_written() -> None:
    assert typed_body("t=%E4", FORM, SecretFinder()) == ({"text": "t=%E4"}, False)


def test_data_is_joined_and_a_file_alone_is_the_body() -> None:
    given = read_options(["-d", "a=1", "--data-urlencode", "b=&", "--data-raw", "@c"])
    assert (has_data(given), data_text(given), data_file(given)) == (True, "a=1&b=%26&@c", None)
    assert data_file(read_options(["--data-binary", "@/home/me/a.bin"])) == "/home/me/a.bin"


def test_a_file_among_pieces_is_named_and_left_out() -> None:
    given = read_options(["-d", "a=1", "-d", "@/home/me/b.txt"])
    assert data_text(given) == "a=1"
    assert "b.txt" in given.notes[0]


def test_a_file_keeps_its_name_and_no_folder() -> None:
    given = read_options([])
    assert uploaded("/home/me/.ssh/id_rsa", given) == {"file": "id_rsa"}
    assert uploaded("..", given) == {"file": "file"}


def test_parts_have_values_files_types_and_names() -> None:
    given = read_options(
        ["-F", "a=1", "-F", 'f=@"x/p.png";type=image/png;filename=q.png', "--form-string", "s=@no;type=x"]
    )
    assert multipart(given, SecretFinder()) == {
        "multipart": [
            {"name": "a", "value": "1"},
            {"name": "f", "file": "p.png", "fileName": "q.png", "contentType": "image/png"},
            {"name": "s", "value": "@no;type=x"},
        ]
    }
