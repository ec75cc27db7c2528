import socket
from collections.abc import Sequence

import pytest

from drive.http import KEY, only, send
from engine.http.client import HttpClient, Machine
from engine.http.error import BlockedByPolicy, HttpError
from engine.http.message import HttpRequest
from engine.http.network import Found
from engine.http.url import parse_url
from engine.ports import Settings
from servers.echo import EchoServer, json_reply, redirect


def test_a_credential_is_not_sent_to_the_host_that_a_redirect_points_at(
    http: HttpClient, server: EchoServer, other: EchoServer
) -> None:
    url = server.reply("/x", redirect(other.url + "/steal"))
    with pytest.raises(BlockedByPolicy) as caught:
        send(http, url, allowed=only(server))
    assert caught.value.code == "policy.host_blocked"
    assert other.url.removeprefix("http://") in caught.value.message
    assert other.requests == []


def test_a_credential_is_not_sent_to_a_host_outside_its_policy_at_all(
    http: HttpClient, server: EchoServer, other: EchoServer
) -> None:
    allowed = only(server)
    with pytest.raises(BlockedByPolicy):
        send(http, other.url, allowed=allowed)
    assert (other.requests, allowed.signed) == ([], [])


def test_an_allowed_second_host_is_signed_again(
    http: HttpClient, server: EchoServer, other: EchoServer
) -> None:
    allowed = only(server, other)
    response = send(http, server.reply("/x", redirect(other.url + "/y")), allowed=allowed)
    assert response.url.text == other.url + "/y"
    assert [each.header("X-Key") for each in (*server.requests, *other.requests)] == [KEY[1], KEY[1]]
    assert len(allowed.signed) == 2


def test_without_a_credential_another_host_is_followed_without_own_authorization(
    http: HttpClient, server: EchoServer, other: EchoServer
) -> None:
    send(http, server.reply("/x", redirect(other.url + "/y")))
    assert other.requests[0].header("Authorization") is None
    assert other.requests[0].header("X-Own") == "1"


def test_redirects_end_at_their_limit(http: HttpClient, server: EchoServer) -> None:
    url = server.reply("/x", redirect("/x"))
    with pytest.raises(HttpError) as caught:
        send(http, url)
    assert caught.value.code == "http.too_many_redirects"
    assert len(server.requests) == 4


def test_a_redirect_may_be_left_unfollowed(http: HttpClient, server: EchoServer) -> None:
    request = HttpRequest("GET", parse_url(server.reply("/x", redirect("/y"))))
    response = http.send(request, timeout_s=20, follows=False)
    assert (response.status, response.headers.get("location")) == (302, "/y")


def test_a_redirect_without_a_place_is_an_answer(http: HttpClient, server: EchoServer) -> None:
    assert send(http, server.reply("/x", json_reply({}, 302))).status == 302


@pytest.mark.parametrize(("status", "has_happened"), [(303, True), (302, True), (307, False), (308, False)])
def test_a_post_has_happened_once_it_was_answered_by_another_place_to_look(
    http: HttpClient,
    server: EchoServer,
    status: int,
    has_happened: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    url = server.reply("/x", redirect("https://evil.test/y", status))
    with pytest.raises(BlockedByPolicy) as caught:
        send(http, url, "POST", body=b"{}", allowed=only(server))
    assert caught.value.may_have_happened is has_happened


def test_a_post_that_happened_stays_so_over_further_redirects(http: HttpClient, server: EchoServer) -> None:
    url = server.reply("/x", redirect("/y", 303))
    server.reply("/y", redirect("/z", 302))
    server.reply("/z", redirect("ftp://127.0.0.1/"))
    with pytest.raises(HttpError) as caught:
        send(http, url, "POST")
    assert caught.value.code == "http.redirect_refused"
    assert caught.value.may_have_happened


def test_a_redirect_to_metadata_is_not_followed(http: HttpClient, server: EchoServer) -> None:
    with pytest.raises(BlockedByPolicy):
        send(http, server.reply("/x", redirect("http://169.254.169.254/latest/meta-data/")))
    assert len(server.requests) == 1


def test_a_redirect_from_another_machine_does_not_reach_this_one_by_a_name(server: EchoServer) -> None:
    def here(_host: str, port: int) -> Sequence[Found]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    outside = server.url.replace("127.0.0.1", "outside.example")
    server.reply("/go", redirect(outside.replace("outside", "inside") + "/secret"))
    with HttpClient(Settings(), Machine(look_up=here)) as http, pytest.raises(HttpError) as caught:
        send(http, f"{outside}/go")
    assert caught.value.code == "http.redirect_refused"
    assert server.seen("/secret") == []
