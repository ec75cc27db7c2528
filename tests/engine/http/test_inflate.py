import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.error import HttpError
from engine.http.inflate import inflater


def undone(encoding: str | None, packed: bytes, *, limit: int = 10_000, step: int = 7) -> bytes:
    sink = inflater(encoding, limit)
    for start in range(0, len(packed), step):
        sink.feed(packed[start : start + step])
    return sink.finish()


def code_of(encoding: str | None, packed: bytes, limit: int = 10_000) -> str:
    with pytest.raises(HttpError) as caught:
        undone(encoding, packed, limit=limit)
    return caught.value.code


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@given(st.binary(max_size=2000), st.integers(1, 300))
def test_what_was_compressed_comes_back_however_it_is_cut(data: bytes, step: int) -> None:
    assert undone("gzip", gzip.compress(data), step=step) == data
    assert undone("deflate", zlib.compress(data), step=step) == data
    assert undone(None, data, step=step) == data


@pytest.mark.parametrize("data", [b"", b"hello", b"\x78\x9c" * 50])
def test_deflate_without_its_frame_is_read_too(data: bytes) -> None:
    assert undone("deflate", raw_deflate(data)) == data


def test_several_gzip_members_are_one_body() -> None:
    assert undone("x-gzip", gzip.compress(b"one ", mtime=0) + gzip.compress(b"two")) == b"one two"


def test_padding_after_the_last_member_is_no_content() -> None:
    assert undone("gzip", gzip.compress(b"one", mtime=0) + b"\0" * 20) == b"one"


def test_an_empty_body_is_empty_in_every_encoding() -> None:
    assert [undone(name, b"") for name in (None, "gzip", "deflate", "identity")] == [b""] * 4


def test_a_bomb_is_stopped_at_the_cap() -> None:
    assert code_of("gzip", gzip.compress(bytes(50_000_000))) == "http.response_too_large"


def test_the_cap_counts_the_last_byte() -> None:
    assert undone("gzip", gzip.compress(bytes(100)), limit=100) == bytes(100)
    assert code_of("gzip", gzip.compress(bytes(101)), limit=100) == "http.response_too_large"
    assert code_of(None, bytes(101), limit=100) == "http.response_too_large"


def test_empty_members_without_end_are_no_way_around_the_cap() -> None:
    assert code_of("gzip", gzip.compress(b"", mtime=0) * 1000) == "http.response_too_large"


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"hello", mtime=0)[:-3], b"not gzip at all", gzip.compress(b"x", mtime=0)[:5]],
    ids=["cut at the end", "never packed", "cut in the head"],
)
def test_a_damaged_body_says_so(packed: bytes) -> None:
    assert code_of("gzip", packed) == "http.bad_encoding"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    assert code_of(encoding, b"x") == "http.bad_encoding"


@given(st.binary(max_size=5000), st.integers(1, 300), st.sampled_from([None, "gzip", "deflate"]))
def test_what_is_passed_on_is_the_same_and_is_not_kept(data: bytes, step: int, encoding: str | None) -> None:
    packed = {None: data, "gzip": gzip.compress(data), "deflate": zlib.compress(data)}[encoding]
    pieces: list[bytes] = []
    sink = inflater(encoding, 10_000, pieces.append)
    for start in range(0, len(packed), step):
        sink.feed(packed[start : start + step])
    assert (sink.finish(), b"".join(pieces)) == (b"", data)


@pytest.mark.parametrize("size", [1024**2 - 1, 1024**2, 1024**2 + 1, 3 * 1024**2])
def test_what_is_unpacked_goes_on_in_steps_and_is_whole(size: int) -> None:
    pieces: list[int] = []
    sink = inflater("gzip", 10 * 1024**2, lambda piece: pieces.append(len(piece)))
    sink.feed(gzip.compress(bytes(size)))
    assert (sink.finish(), sum(pieces)) == (b"", size)
    assert max(pieces) <= 1024**2
