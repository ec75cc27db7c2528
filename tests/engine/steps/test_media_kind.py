from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.steps.media_kind import MediaKind, kind_of

GROUPS: tuple[Literal["image", "gif", "video"], ...] = ("image", "gif", "video")


@pytest.mark.parametrize(
    ("beginning", "group", "mime"),
    [
        (b"\xff\xd8\xff\xe0" + b"\0" * 8, "image", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\r", "image", "image/png"),
        (b"RIFF\x10\0\0\0WEBP", "image", "image/webp"),
        (b"GIF89a\x01\0\x01\0\0\0", "gif", "image/gif"),
        (b"\0\0\0\x18ftypmp42", "video", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video", "video/quicktime"),
        (b"\x1aE\xdf\xa3\0\0\0\0\0\0\0\0", "video", "video/webm"),
    ],
)
def test_a_file_is_what_it_begins_like(beginning: bytes, group: str, mime: str) -> None:
    kind = kind_of(beginning)
    assert kind is not None
    assert (kind.group, kind.mime) == (group, mime)


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"-----BEGIN OP",
        b"<svg xmlns=",
        b"%PDF-1.7\n\0\0\0",
        b"RIFF\x10\0\0\0WAVE",
        b"\0\0\0\x18ftypheic",
        b"\0\0\0\x18ftypavif",
        b"API_KEY=abcd",
    ],
)
def test_anything_else_is_nothing_that_x_takes(beginning: bytes) -> None:
    assert kind_of(beginning) is None


@given(st.text(max_size=12))
def test_no_text_is_taken_for_a_picture_unless_it_says_so(text: str) -> None:
    kind = kind_of(text.encode("utf-8", "surrogatepass")[:12])
    assert kind is None or text.startswith(("GIF8", "RIFF")) or "ftyp" in text


def test_each_group_has_its_cap_and_its_word() -> None:
    kinds = [MediaKind(group, "m/m") for group in GROUPS]
    assert [kind.max_bytes // 1024**2 for kind in kinds] == [5, 15, 512]
    assert [kind.category("tweet") for kind in kinds] == ["tweet_image", "tweet_gif", "tweet_video"]
    assert [kind.category("message") for kind in kinds] == ["dm_image", "dm_gif", "dm_video"]
