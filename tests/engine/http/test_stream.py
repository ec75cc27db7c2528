import socket
import ssl
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from engine.http.client import HttpClient, Machine
from engine.http.error import HttpError
from engine.http.message import HttpRequest
from engine.http.network import Found
from engine.http.url import parse_url
from engine.ports import Settings
from servers.raw import RawServer, answer
from servers.tls import SecureEchoServer


def get(url: str, context: ssl.SSLContext) -> int:
    with HttpClient(Settings(), Machine(tls=lambda: context)) as http:
        return http.send(HttpRequest("GET", parse_url(url)), timeout_s=20).status


def failure(url: str, context: ssl.SSLContext) -> HttpError:
    with pytest.raises(HttpError) as caught:
        get(url, context)
    assert caught.value.code == "http.tls_failed"
    assert not caught.value.may_have_happened
    return caught.value


def test_a_trusted_server_is_reached_over_tls(tmp_path: Path) -> None:
    with SecureEchoServer.made_in(tmp_path) as server:
        assert get(server.secure_url + "/x", server.trust()) == 200


def test_the_server_is_told_which_host_is_meant_and_that_http_1_1_is_spoken(tmp_path: Path) -> None:
    said: list[str | None] = []
    trust = SecureEchoServer.made_in(tmp_path, host="api.test").trust()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    context.set_alpn_protocols(["h2", "http/1.1"])
    context.sni_callback = lambda _socket, name, _context: said.append(name)

    def serve(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            said.append(secure.selected_alpn_protocol())
            secure.recv(65536)
            secure.sendall(answer())

    def local(_host: str, port: int) -> Sequence[Found]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    machine = Machine(look_up=local, tls=lambda: trust, find_proxy=lambda _: None)
    with RawServer(serve) as server, HttpClient(Settings(), machine) as http:
        url = server.url.replace("http://127.0.0.1", "https://api.test")
        assert http.send(HttpRequest("GET", parse_url(url)), timeout_s=20).body == b"hello"
    assert said == ["api.test", "http/1.1"]


def test_a_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    with SecureEchoServer.made_in(tmp_path) as server:
        error = failure(server.secure_url + "/x", ssl.create_default_context())
        assert "self-signed" in error.message or "self signed" in error.message
        assert server.requests == []


def test_a_certificate_for_another_host_is_refused(tmp_path: Path) -> None:
    with SecureEchoServer.made_in(tmp_path, host="api.test") as server:
        assert "127.0.0.1" in failure(server.secure_url + "/x", server.trust()).message


def test_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    with SecureEchoServer.made_in(tmp_path, days=1) as server:
        assert "expired" in failure(server.secure_url + "/x", server.trust()).message


def test_a_port_that_speaks_no_tls_is_an_error_and_no_hang(tmp_path: Path) -> None:
    def answer_in_clear(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_in_clear, args=(listener,))
        thread.start()
        error = failure(f"https://127.0.0.1:{listener.getsockname()[1]}/", ssl.create_default_context())
        thread.join()
    assert "encrypted" in error.message


def test_stop_works_in_the_middle_of_a_handshake_that_never_ends() -> None:
    accepted, done = threading.Event(), threading.Event()

    def accept_and_say_nothing(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            accepted.set()
            done.wait(30)

    with socket.create_server(("127.0.0.1", 0)) as listener, HttpClient(Settings()) as http:
        thread = threading.Thread(target=accept_and_say_nothing, args=(listener,))
        thread.start()
        request = HttpRequest("GET", parse_url(f"https://127.0.0.1:{listener.getsockname()[1]}/"))
        with pytest.raises(HttpError) as caught:
            http.send(request, timeout_s=1e6, is_cancelled=accepted.is_set)
        done.set()
        thread.join()
    assert caught.value.code == "http.cancelled"
