from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.error import HttpError
from engine.steps.api_file import LocalFile
from engine.steps.api_multipart import multipart_body, new_boundary, shown_parts


def none(name: str) -> LocalFile:
    raise AssertionError(name)


def parts_of(body: bytes, boundary: str) -> list[tuple[str, str, bytes]]:
    """Name, file name and content of each part, as an independent reader finds them."""
    head = f"Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    assert isinstance(message, EmailMessage)
    found = []
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = part.get_param("name", header="content-disposition")
        found.append((str(name), part.get_filename() or "", content))
    return found


def test_values_and_files_arrive_as_their_parts(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n--x")
    found = LocalFile("a.png", tmp_path / "a.png", 9)
    body = multipart_body(
        [{"name": "n", "value": 1.5}, {"name": "f", "file": "a.png", "contentType": "image/png"}],
        "b0",
        lambda _name: found,
    )
    content = b"".join(body.pieces())
    assert parts_of(content, "b0") == [("n", "", b"1.5"), ("f", "a.png", b"\x89PNG\r\n--x"[:9])]
    assert body.size_bytes == len(content)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), st.text(max_size=40)), min_size=1, max_size=4))
def test_no_name_and_no_value_makes_a_part_of_its_own(pairs: list[tuple[str, str]]) -> None:
    boundary = new_boundary()
    body = multipart_body([{"name": name, "value": value} for name, value in pairs], boundary, none)
    content = b"".join(body.pieces())
    assert content.count(f"--{boundary}".encode()) == len(pairs) + 1
    assert content.count(b"Content-Disposition: form-data; name=") >= len(pairs)
    assert content.endswith(f"--{boundary}--\r\n".encode())
    heads = [each.split(b"\r\n")[1] for each in content.split(f"--{boundary}".encode())[1:-1]]
    assert all(
        head.startswith(b'Content-Disposition: form-data; name="') and head.endswith(b'"') for head in heads
    )


def test_a_name_cannot_add_a_header() -> None:
    body = multipart_body([{"name": 'a"\r\nX-Evil: 1', "value": ""}], "b0", none)
    assert b'name="a%22%0D%0AX-Evil: 1"' in b"".join(body.pieces())


@pytest.mark.parametrize(
    "parts",
    [
        [],
        "x",
        [{"value": "x"}],
        [{"name": "a"}],
        [{"name": "a", "value": "x", "file": "y"}],
        [{"name": "a", "value": {}}],
        [{"name": "a", "value": "x", "contentType": "text/plain\r\nX: 1"}],
        [{"name": "a", "value": "x", "contentType": "plain"}],
    ],
)
def test_what_is_no_part_is_refused(parts: object) -> None:
    with pytest.raises(HttpError) as caught:
        multipart_body(parts, "b0", none)
    assert caught.value.code == "http.invalid_request"


def test_a_boundary_is_another_each_time() -> None:
    assert new_boundary() != new_boundary()


def test_parts_are_shown_without_what_is_in_a_file() -> None:
    assert shown_parts([{"name": "a", "value": True}, {"name": "f", "file": "x.png"}]) == "a=true\nf=@x.png"
