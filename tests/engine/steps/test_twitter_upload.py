"""Media piece by piece, and the wait for X's own work on it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.effects import StepResult
from engine.events import RequestSent
from engine.http.error import HttpError
from engine.steps.media_kind import MEBIBYTE
from engine.steps.twitter_media import UPLOAD_MEDIA
from engine.steps.twitter_upload import MAX_WORK_S, SEGMENT_BYTES, segments
from servers import x_problems
from servers.clock import WaitedClock
from servers.x_api import XServer
from servers.x_media import form
from servers.x_run import XRun
from servers.x_state import Json

OPENAPI = Path(__file__).parents[4] / "shared" / "data" / "x-api-2.166.openapi.json"
VIDEO = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 36 * 1024  # 9 MiB and a little


@pytest.fixture
def clock(run: XRun, tmp_path: Path) -> WaitedClock:
    clock = WaitedClock()
    run.resources.clock = clock
    run.resources.settings = replace(run.resources.settings, files_folder=str(tmp_path))
    (tmp_path / "film.mp4").write_bytes(VIDEO)
    (tmp_path / "a.gif").write_bytes(b"GIF89a" + b"\0" * 100)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    return clock


def uploaded(run: XRun, name: str = "film.mp4", **more: str) -> StepResult:
    return run.act(UPLOAD_MEDIA, filePath=name, **more)


def asked(x: XServer) -> list[str]:
    return [f"{request.method} {request.path.removeprefix('/2/media/')}" for request in x.requests]


def test_a_video_goes_piece_by_piece_and_arrives_whole(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.state.video_work = (
        {"state": "pending", "check_after_secs": 5},
        {"state": "in_progress", "check_after_secs": 10, "progress_percent": 50},
        {"state": "succeeded", "progress_percent": 100},
    )
    result = uploaded(run, altText="A film")
    assert result.status == "ok"
    (media,) = x.state.media.values()
    assert (media.category, media.content == VIDEO, media.alt) == ("tweet_video", True, "A film")
    assert asked(x) == [
        "POST upload/initialize",
        *[f"POST upload/{media.id}/append"] * 3,
        f"POST upload/{media.id}/finalize",
        *["GET upload"] * 2,
        "POST metadata",
    ]
    assert clock.waits == [5.0, 10.0]
    assert x.signature_failures == 0


def test_what_is_shown_of_a_piece_is_its_size(run: XRun, clock: WaitedClock) -> None:
    uploaded(run)
    shown = [fact.body for fact in run.facts if isinstance(fact, RequestSent) and "append" in fact.url]
    assert len(shown) == 3
    assert all(body.endswith(" bytes)") for body in shown)


def test_a_gif_needs_no_work_and_is_ready_at_once(x: XServer, run: XRun, clock: WaitedClock) -> None:
    assert uploaded(run, "a.gif", usedFor="message").status == "ok"
    assert [media.category for media in x.state.media.values()] == ["dm_gif"]
    assert clock.waits == []


def test_media_that_x_cannot_use_fails_with_its_words(x: XServer, run: XRun, clock: WaitedClock) -> None:
    error: Json = {"code": 1, "name": "InvalidMedia", "message": "Unsupported video format"}
    x.state.video_work = (
        {"state": "in_progress", "check_after_secs": 1},
        {"state": "failed", "error": error},
    )
    refused = run.refused(UPLOAD_MEDIA, filePath="film.mp4")
    assert (refused.code, "“Unsupported video format”" in refused.message) == ("x.media_failed", True)


def test_work_without_end_is_given_up(x: XServer, run: XRun, clock: WaitedClock) -> None:
    at_work: Mapping[str, Json] = {"state": "in_progress", "check_after_secs": 900}
    x.state.video_work = [at_work] * 100
    assert run.refused(UPLOAD_MEDIA, filePath="film.mp4").code == "x.media_slow"
    assert sum(clock.waits) <= MAX_WORK_S
    assert set(clock.waits) == {60.0}


def test_stop_ends_the_wait_for_the_work(x: XServer, run: XRun, clock: WaitedClock) -> None:
    pending: Mapping[str, Json] = {"state": "pending", "check_after_secs": 5}
    x.state.video_work = [pending] * 9
    run.is_cancelled = lambda: bool(clock.waits)
    with pytest.raises(HttpError) as caught:
        uploaded(run)
    assert caught.value.code == "http.cancelled"


def test_a_refused_piece_ends_the_upload(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.hold_next().set()
    x.fail_next(*x_problems.TOO_LARGE)
    failure = uploaded(run).failure
    assert failure is not None
    assert (failure.code, len(x.requests)) == ("x.too_large", 2)


def test_a_piece_may_be_answered_with_nothing(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.state.appends_silently = True
    assert uploaded(run).status == "ok"


@pytest.mark.parametrize("data", [{}, {"id": 7}, {"id": "../1"}, {"id": "٣"}])
def test_an_answer_without_an_id_ends_the_upload(
    x: XServer, run: XRun, clock: WaitedClock, data: Json
) -> None:
    x.fail_next(200, {"data": data, "meta": {}})
    assert run.refused(UPLOAD_MEDIA, filePath="film.mp4").code == "x.unexpected_answer"


def test_a_limit_in_the_middle_of_an_upload_is_waited_for(x: XServer, run: XRun, clock: WaitedClock) -> None:
    x.limit, x.state.now, run.max_wait_s = 2, clock.now, 960
    assert uploaded(run).status == "ok"
    assert clock.waits == [901]
    assert next(iter(x.state.media.values())).content == VIDEO


@given(st.lists(st.integers(min_value=0, max_value=3 * MEBIBYTE), max_size=6))
def test_segments_hold_the_same_bytes(sizes: list[int]) -> None:
    def pieces() -> Iterator[bytes]:
        yield from (bytes([number]) * size for number, size in enumerate(sizes))

    found = list(segments(pieces()))
    assert b"".join(found) == b"".join(pieces())
    assert all(len(each) == SEGMENT_BYTES for each in found[:-1])
    assert all(found)


@pytest.mark.skipif(not OPENAPI.exists(), reason="X's OpenAPI document is not at hand")
def test_the_questions_are_of_the_shape_that_x_documents(x: XServer, run: XRun, clock: WaitedClock) -> None:
    uploaded(run, altText="A film")
    uploaded(run, "a.png")
    schemas = json.loads(OPENAPI.read_text(encoding="utf-8"))["components"]["schemas"]

    def check(body: object, name: str) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        jsonschema.validate(body, schema)

    for request in x.requests:
        if request.path.endswith("initialize"):
            check(json.loads(request.body), "MediaUploadConfigRequest")
        elif request.path.endswith("metadata"):
            check(json.loads(request.body), "MetadataCreateRequest")
        elif request.path.endswith("/upload") and request.method == "POST":
            parts = {name: content.decode("latin-1") for name, content in form(request).items()}
            check(parts, "MediaUploadRequestOneShot")
        elif request.path.endswith("append"):
            assert form(request).keys() == {"media", "segment_index"}
