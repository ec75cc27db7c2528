import pytest

from engine.http.address import is_loopback, is_off_limits, refuse_metadata_name
from engine.http.error import BlockedByPolicy


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "febf::1",
        "fec0::1",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "::ffff:169.254.169.254",
        "::ffff:a9fe:a9fe",
        "::169.254.169.254",
        "::ffff:0:169.254.169.254",
        "2002:a9fe:a9fe::1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::a9fe:a9fe",
        "2001:0:a9fe:a9fe::1",
    ],
)
def test_link_local_and_metadata_addresses_are_off_limits_in_every_wrapping(address: str) -> None:
    assert is_off_limits(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "192.168.1.10",
        "10.0.0.1",
        "8.8.8.8",
        "2606:4700::1111",
        "fd00::1",
        "169.253.0.1",
        "::",
    ],
)
def test_other_addresses_are_not(address: str) -> None:
    assert not is_off_limits(address)


@pytest.mark.parametrize(
    "host",
    ["metadata.google.internal", "metadata", "instance-data.ec2.internal", "169.254.169.254", "fe80::1"],
)
def test_metadata_hosts_are_refused_by_name(host: str) -> None:
    with pytest.raises(BlockedByPolicy) as caught:
        refuse_metadata_name(host)
    assert caught.value.code == "policy.link_local"


@pytest.mark.parametrize("host", ["metadata.example.com", "127.0.0.1", "api.example.com"])
def test_other_hosts_are_not_refused(host: str) -> None:
    refuse_metadata_name(host)
    assert not is_loopback("metadata.example.com")


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.8.9.1", "::1", "localhost", "api.localhost", "0.0.0.0", "::", "::ffff:127.0.0.1"],
)
def test_this_machine_is_known_by_its_spelling(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.example", "127.0.0.1.example", "192.168.0.1", "notlocalhost"])
def test_nothing_else_is_this_machine(host: str) -> None:
    assert not is_loopback(host)
