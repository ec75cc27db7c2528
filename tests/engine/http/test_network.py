import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from engine.http.client import never
from engine.http.error import HttpError
from engine.http.network import Found, Network, look_up
from engine.http.watch import Watch
from servers.echo import EchoServer

WATCH = Watch(1e9, never, lambda: 0.0)


def network(*, may_reach: bool = False, answers: Sequence[str] = ()) -> Network:
    def answer(_host: str, port: int) -> Sequence[Found]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (each, port)) for each in answers]

    return Network(answer, may_reach_link_local=may_reach)


@contextmanager
def nobody_accepts() -> Iterator[int]:
    """A port whose queue is full: an attempt to connect there gets no answer at all."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, socket.socket() as first:
        first.connect(listener.getsockname())
        yield listener.getsockname()[1]


def code_of(network: Network, host: str, port: int, watch: Watch = WATCH) -> str:
    with pytest.raises(HttpError) as caught:
        network.connect(host, port, watch)
    return caught.value.code


@pytest.mark.parametrize(
    "answers", [["169.254.169.254"], ["100.100.100.200", "169.254.1.1"], ["::ffff:169.254.1.1"]]
)
def test_a_name_that_leads_to_a_blocked_address_is_refused_after_the_look_up(answers: list[str]) -> None:
    assert code_of(network(answers=answers), "api.test", 80) == "policy.link_local"


def test_of_several_addresses_only_the_allowed_ones_are_tried() -> None:
    found = network(answers=["169.254.1.1", "127.0.0.1"]).addresses("api.test", 80, WATCH)
    assert [each[4] for each in found] == [("127.0.0.1", 80)]


def test_a_setting_allows_link_local_addresses() -> None:
    found = network(may_reach=True, answers=["169.254.1.1"]).addresses("api.test", 80, WATCH)
    assert [each[4][0] for each in found] == ["169.254.1.1"]


@pytest.mark.parametrize("host", ["169.254.169.254", "fe80::1", "fd00:ec2::254"])
def test_an_address_that_is_written_out_is_checked_too(host: str) -> None:
    assert code_of(network(), host, 80) == "policy.link_local"


def test_localhost_is_this_machine_without_asking_anybody() -> None:
    found = network(answers=["192.0.2.1"]).addresses("localhost", 80, WATCH)
    assert [each[4][0] for each in found] == ["127.0.0.1", "::1"]


def test_the_next_address_is_tried_when_one_refuses() -> None:
    with EchoServer() as server:
        port = int(server.url.rpartition(":")[2])
        stream = network(answers=["127.0.0.2", "127.0.0.1"]).connect("api.test", port, WATCH)
        is_over = stream.is_readable()
        stream.close()
    assert not is_over


def test_a_closed_port_says_that_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert code_of(network(), "127.0.0.1", port) == "http.connect_failed"


@pytest.mark.parametrize("host", ["nobody.invalid", "a" * 63 + ".invalid"])
def test_a_name_that_does_not_exist_says_so(host: str) -> None:
    assert code_of(Network(look_up, may_reach_link_local=False), host, 80) == "http.host_not_found"


def test_a_server_that_does_not_answer_the_attempt_is_given_up() -> None:
    times = iter(range(0, 10_000, 6))
    with nobody_accepts() as port:
        code = code_of(network(), "127.0.0.1", port, Watch(1e9, never, lambda: float(next(times))))
    assert code == "http.connect_timeout"


def test_stop_works_while_connecting() -> None:
    asked: list[int] = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) > 1

    with nobody_accepts() as port:
        code = code_of(network(), "127.0.0.1", port, Watch(1e9, is_cancelled, lambda: 0.0))
    assert code == "http.cancelled"


def test_stop_works_while_a_name_is_looked_up() -> None:
    begun, gate = threading.Event(), threading.Event()

    def hanging(_host: str, _port: int) -> Sequence[Found]:
        begun.set()
        gate.wait(30)
        return []

    watch = Watch(1e9, begun.is_set, lambda: 0.0)
    try:
        code = code_of(Network(hanging, may_reach_link_local=False), "api.test", 80, watch)
        assert code == "http.cancelled"
    finally:
        gate.set()
