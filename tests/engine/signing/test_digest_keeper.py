from engine.http.header import Headers
from engine.http.message import HttpRequest, HttpResponse
from engine.http.url import Url, parse_url
from engine.signing.digest import Login
from engine.signing.digest_keeper import DigestKeeper

HERE = parse_url("https://h.example/x")


def refused(nonce: str, url: Url = HERE) -> HttpResponse:
    value = f'Digest realm="r", nonce="{nonce}", qop="auth"'.encode()
    return HttpResponse(401, url, Headers([(b"WWW-Authenticate", value)]), b"", 0.0)


def keeper() -> DigestKeeper:
    return DigestKeeper(Login("ada", "pass-0001"))


def sent(kept: DigestKeeper, url: Url = HERE) -> str:
    return kept.sign(HttpRequest("GET", url)).header("Authorization") or ""


def test_nothing_is_answered_before_it_was_asked() -> None:
    assert sent(keeper()) == ""


def test_each_use_of_a_nonce_is_counted() -> None:
    kept = keeper()
    assert kept.renew(kept.prepare(bool), refused("n1"))
    assert ["nc=00000001" in sent(kept), "nc=00000002" in sent(kept)] == [True, True]


def test_an_answer_that_was_refused_is_not_given_again() -> None:
    kept = keeper()
    kept.renew("", refused("n1"))
    assert not kept.renew(kept.prepare(bool), refused("n1"))


def test_a_nonce_that_is_used_up_is_changed_for_the_new_one() -> None:
    kept = keeper()
    kept.renew("", refused("n1"))
    assert kept.renew(kept.prepare(bool), refused("n2"))
    assert 'nonce="n2"' in sent(kept)
    assert "nc=00000002" in sent(kept)


def test_a_challenge_is_for_the_origin_that_set_it() -> None:
    kept = keeper()
    kept.renew("", refused("n1"))
    assert sent(kept, parse_url("https://other.example/x")) == ""


def test_a_401_without_a_challenge_is_the_answer() -> None:
    assert not keeper().renew("", HttpResponse(401, HERE, Headers(), b"", 0.0))
