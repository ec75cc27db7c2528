import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.http.header import Headers, encode_header
from engine.http.message import HttpRequest
from engine.http.url import parse_url
from engine.signing.digest import Challenge, Login, Turn, answer, challenge_in

# RFC 7616 §3.9.1
RFC = Challenge(
    "http-auth@example.org",
    "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "MD5",
    "auth",
    "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
)
TURN = Turn(1, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")
MUFASA = Login("Mufasa", "Circle of Life")
REQUEST = HttpRequest("GET", parse_url("http://www.example.org/dir/index.html"))


def response_in(value: str) -> str:
    found = re.search(r'response="([0-9a-f]+)"', value)
    assert found is not None
    return found[1]


def challenge(*values: str) -> Challenge | None:
    return challenge_in(Headers([(b"WWW-Authenticate", value.encode()) for value in values]))


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_answers_of_rfc_7616_come_out(algorithm: str, response: str) -> None:
    value = answer(replace(RFC, algorithm=algorithm), MUFASA, REQUEST, TURN)
    assert response_in(value) == response
    assert f"algorithm={algorithm}, " in value
    assert 'qop=auth, nc=00000001, cnonce="f2/w' in value.replace('cnonce="f2/wE4q', 'cnonce="f2/w')


def test_the_answer_of_rfc_2617_comes_out() -> None:
    asked = Challenge(
        "testrealm@host.com",
        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        opaque="5ccc069c403ebaf9f0171e9517f40e41",
        is_named=False,
    )
    value = answer(asked, Login("Mufasa", "Circle Of Life"), REQUEST, Turn(1, "0a4f113b"))
    assert response_in(value) == "6629fae49393a05397450978507c4ef1"
    assert "algorithm" not in value


def test_a_body_counts_where_the_server_asks_for_it() -> None:
    asked = replace(RFC, qop="auth-int")
    first, second = (answer(asked, MUFASA, replace(REQUEST, body=body), TURN) for body in (b"a", b"b"))
    assert response_in(first) != response_in(second)


def test_an_old_server_is_answered_without_a_count() -> None:
    value = answer(replace(RFC, qop=""), MUFASA, REQUEST, TURN)
    assert "nc=" not in value
    assert "cnonce" not in value


def test_a_session_depends_on_our_own_text() -> None:
    asked = replace(RFC, algorithm="SHA-256-sess")
    first, second = (answer(asked, MUFASA, REQUEST, Turn(1, cnonce)) for cnonce in ("a", "b"))
    assert response_in(first) != response_in(second)


def test_the_strongest_challenge_that_is_known_is_answered() -> None:
    found = challenge(
        'Basic realm="x", Digest realm="a, b", nonce="n1", qop="auth,auth-int", algorithm=MD5',
        'Digest realm="r", nonce="n2", algorithm=SHA-512-256, qop="auth", Digest realm="r\\"q", nonce="n3", '
        'algorithm=SHA-256, qop="auth-int", opaque=""',
    )
    assert found == Challenge('r"q', "n3", "SHA-256", "auth-int", "")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Basic realm=x",
        'Digest realm="x"',
        'Digest nonce="x"',
        'Digest realm="x", nonce="y", algorithm=SHA-1',
        'Digest realm="x", nonce="y", qop="other"',
    ],
)
def test_what_cannot_be_answered_is_no_challenge(value: str) -> None:
    assert challenge(value) is None


@given(st.text(alphabet='Digest realm="x",nonce=\\ ', max_size=300))
def test_no_header_breaks_the_reading(value: str) -> None:
    found = challenge(value)
    assert found is None or found.algorithm == "MD5"


@pytest.mark.parametrize("realm", ["Gerät".encode(), "Gerät".encode("latin-1"), "家".encode(), b"\xff\xfe"])
def test_what_a_server_calls_itself_is_said_back_byte_for_byte(realm: bytes) -> None:
    """RFC 7616 §4 has UTF-8, older servers have Latin-1; the digest is over the same bytes."""
    given = b'Digest realm="' + realm + b'", nonce="n"'
    found = challenge_in(Headers([(b"WWW-Authenticate", given)]))
    assert found is not None
    value = encode_header("Authorization", answer(found, MUFASA, REQUEST, TURN))[1]
    assert b'realm="' + realm + b'"' in value
    secret = hashlib.md5(b"Mufasa:" + realm + b":" + MUFASA.password.encode()).hexdigest()  # noqa: S324
    asked = hashlib.md5(f"{REQUEST.method}:{REQUEST.url.target}".encode()).hexdigest()  # noqa: S324
    response = hashlib.md5(f"{secret}:n:{asked}".encode()).hexdigest()  # noqa: S324
    assert f'response="{response}"'.encode() in value


def test_names_cannot_end_their_quotes_and_may_be_of_any_language() -> None:
    value = answer(RFC, Login('a"b', "p"), REQUEST, TURN)
    assert 'username="a\\"b"' in value
    assert "username*=UTF-8''m%C3%BCller" in answer(RFC, Login("müller", "p"), REQUEST, TURN)


@pytest.mark.parametrize("piece", [",", " ", "*", '="', 'a="\\', "a =", "*-"])
def test_a_challenge_of_nonsense_is_read_in_one_pass(piece: str) -> None:
    # Read again from each character, it would take minutes, and nothing else would run meanwhile.
    assert challenge("Digest " + piece * (100_000 // len(piece))) is None
