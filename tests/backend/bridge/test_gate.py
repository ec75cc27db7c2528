import pytest

from backend.bridge.errors import Refusal
from backend.bridge.gate import Gate


def link_of(gate: Gate) -> str:
    return gate.new_link().partition("link=")[2]


def test_two_doors_share_no_key() -> None:
    one, other = Gate(1), Gate(1)
    assert one.token != other.token
    assert not other.has_cookie(one.use_link(link_of(one)))


def test_a_new_link_kills_the_one_before() -> None:
    gate = Gate(1)
    old = link_of(gate)
    gate.new_link()
    with pytest.raises(Refusal):
        gate.use_link(old)


def test_without_a_link_an_empty_one_opens_nothing() -> None:
    with pytest.raises(Refusal):
        Gate(1).use_link("")


def test_the_cookie_is_found_among_others() -> None:
    gate = Gate(80)
    cookie = gate.use_link(link_of(gate)).split(";")[0]
    assert gate.has_cookie(f"a=b; {cookie}; c=d")
    assert not gate.has_cookie(cookie[:-1])
    assert not gate.has_cookie(cookie.replace("loopi-80", "loopi-81"))
