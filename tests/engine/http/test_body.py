from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from engine.errors import LoopiError
from engine.http.body import pieces_of, size_of
from engine.http.client import HttpClient
from engine.http.message import HttpRequest
from engine.http.url import parse_url
from servers.echo import EchoServer, redirect


@dataclass(frozen=True)
class Repeated:
    """`piece` so many times; says that it is longer when `missing` is set."""

    piece: bytes
    times: int
    missing: int = 0

    @property
    def size_bytes(self) -> int:
        return len(self.piece) * self.times + self.missing

    def pieces(self) -> Iterator[bytes]:
        for _ in range(self.times):
            yield self.piece
        if self.missing:
            raise LoopiError("file.changed", "…")


def test_size_and_pieces_of_each_kind_of_body() -> None:
    assert [size_of(each) for each in (None, b"ab", Repeated(b"abc", 2))] == [0, 2, 6]
    assert [b"".join(pieces_of(each)) for each in (None, b"ab", Repeated(b"abc", 2))] == [
        b"",
        b"ab",
        b"abcabc",
    ]


def test_a_streamed_body_arrives_whole_with_its_length(http: HttpClient, server: EchoServer) -> None:
    body = Repeated(b"0123456789abcdef" * 4096, 20)
    http.send(HttpRequest("POST", parse_url(server.url + "/x"), (), body), timeout_s=10)
    seen = server.requests[0]
    assert seen.body == b"".join(body.pieces())
    assert seen.header("Content-Length") == str(body.size_bytes)


def test_a_redirect_that_repeats_the_request_streams_again(http: HttpClient, server: EchoServer) -> None:
    url = parse_url(server.reply("/x", redirect("/y", 307)))
    http.send(HttpRequest("PUT", url, (), Repeated(b"ab", 3)), timeout_s=10)
    assert [each.body for each in server.requests] == [b"ababab", b"ababab"]


def test_a_connection_whose_body_broke_off_is_not_used_again(http: HttpClient, server: EchoServer) -> None:
    url = parse_url(server.url + "/x")
    with pytest.raises(LoopiError):
        http.send(HttpRequest("POST", url, (), Repeated(b"ab", 3, missing=1)), timeout_s=10)
    assert http.pool.kept == ()
    assert http.send(HttpRequest("GET", url), timeout_s=10).status == 200
