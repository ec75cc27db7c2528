import os
from dataclasses import replace
from pathlib import Path

import pytest

from engine.steps.media_kind import MEBIBYTE
from engine.steps.twitter_media import ALT_LIMIT, UPLOAD_MEDIA
from engine.steps.twitter_tweet import CREATE_TWEET
from servers.x_api import XServer
from servers.x_run import XRun

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
MP4 = b"\0\0\0\x18ftypmp42"


@pytest.fixture
def folder(tmp_path: Path, run: XRun) -> Path:
    run.resources.settings = replace(run.resources.settings, files_folder=str(tmp_path))
    return tmp_path


def test_a_picture_is_uploaded_and_its_id_fits_into_a_tweet(x: XServer, run: XRun, folder: Path) -> None:
    (folder / "chart.png").write_bytes(PNG)
    data = run.act(UPLOAD_MEDIA, filePath="chart.png", altText="A chart & more").output["data"]
    assert isinstance(data, dict)
    media = x.state.media[str(data["id"])]
    assert (media.category, media.content, media.alt) == ("tweet_image", PNG, "A chart & more")
    assert run.act(CREATE_TWEET, text="see", mediaId=data["id"]).status == "ok"


def test_a_picture_for_a_message_says_so(x: XServer, run: XRun, folder: Path) -> None:
    (folder / "a.png").write_bytes(PNG)
    run.act(UPLOAD_MEDIA, filePath="a.png", usedFor="message")
    assert [media.category for media in x.state.media.values()] == ["dm_image"]


@pytest.mark.parametrize("content", [b"", b"SECRET=1", b"<svg/>", b"\0\0\0\x18ftypheic"])
def test_what_is_no_picture_is_not_sent_whatever_its_name(
    x: XServer, run: XRun, folder: Path, content: bytes
) -> None:
    (folder / "chart.png").write_bytes(content)
    assert run.refused(UPLOAD_MEDIA, filePath="chart.png").code == "x.media_kind"
    assert x.requests == []


@pytest.mark.parametrize(
    ("start", "size", "cap"),
    [(PNG, 5 * MEBIBYTE, "5"), (b"GIF89a", 15 * MEBIBYTE, "15"), (MP4, 512 * MEBIBYTE, "512")],
)
def test_a_file_over_the_cap_of_its_kind_is_not_sent(
    x: XServer, run: XRun, folder: Path, *, start: bytes, size: int, cap: str
) -> None:
    with (folder / "large").open("wb") as file:
        file.write(start)
        file.truncate(size + 1)
    error = run.refused(UPLOAD_MEDIA, filePath="large")
    assert (error.code, f"X takes {cap} of this kind" in error.message) == ("x.media_size", True)
    assert x.requests == []


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"filePath": ""}, "x.invalid_field"),
        ({"filePath": "a.png", "altText": "a" * (ALT_LIMIT + 1)}, "x.invalid_field"),
        ({"filePath": "a.png", "usedFor": "avatar"}, "x.invalid_field"),
        ({"filePath": "gone.png"}, "file.unreadable"),
        ({"filePath": "../a.png"}, "file.bad_name"),
        ({"filePath": "/etc/passwd"}, "file.bad_name"),
        ({"filePath": "folder"}, "file.unreadable"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_before_any_request(
    x: XServer, run: XRun, folder: Path, *, params: dict[str, object], code: str
) -> None:
    (folder / "a.png").write_bytes(PNG)
    (folder / "folder").mkdir()
    assert (run.refused(UPLOAD_MEDIA, **params).code, x.requests) == (code, [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with names")
def test_a_pipe_is_refused_and_not_waited_for(x: XServer, run: XRun, folder: Path) -> None:
    os.mkfifo(folder / "pipe.png")
    assert run.refused(UPLOAD_MEDIA, filePath="pipe.png").code == "file.unreadable"
    assert x.requests == []


def test_an_upload_may_be_made_again() -> None:
    assert UPLOAD_MEDIA.classify({}) == "idempotent"
