"""Which addresses no request may reach: link-local, and where clouds hand out a machine's own keys. Pure.

Sources: RFC 3927, RFC 4291 §2.5.6; what AWS, Google Cloud, Azure, Alibaba, Oracle and Tencent write about
instance metadata.
"""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from engine.http.error import BlockedByPolicy

_OFF_LIMITS = tuple(
    ip_network(each)
    for each in (
        "169.254.0.0/16",
        "fe80::/10",
        "fec0::/10",
        "fd00:ec2::/64",
        "fd20:ce::254/128",
        "100.100.100.200/32",
        "192.0.0.192/32",
        "168.63.129.16/32",
    )
)
_METADATA_NAMES = frozenset(
    {
        "instance-data",
        "instance-data.ec2.internal",
        "metadata",
        "metadata.azure.internal",
        "metadata.goog",
        "metadata.google.internal",
        "metadata.tencentyun.com",
    }
)
# An IPv4 address travels in the last 32 bits of these (RFC 4291 §2.5.5, RFC 6052, RFC 8215).
_LAST_32_BITS = tuple(
    ip_network(each) for each in ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)


def is_off_limits(address: str) -> bool:
    """Whether an IP address is blocked, also wrapped into an IPv6 address. A zone id is ignored."""
    plain = ip_address(address.partition("%")[0])
    return any(each in network for each in (plain, *_wrapped(plain)) for network in _OFF_LIMITS)


def _wrapped(address: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    if isinstance(address, IPv4Address):
        return
    if any(address in network for network in _LAST_32_BITS):
        yield IPv4Address(int(address) & 0xFFFFFFFF)
    for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())):
        if inner is not None:
            yield inner


def refuse_metadata_name(host: str) -> None:
    """Raise BlockedByPolicy for a name or a written-out address that is off limits. `host` as in Url."""
    if _is_metadata(host):
        raise off_limits(host)


@lru_cache(maxsize=512)
def _is_metadata(host: str) -> bool:
    return host in _METADATA_NAMES or (_is_address(host) and is_off_limits(host))


def off_limits(host: str) -> BlockedByPolicy:
    """The error for a host that leads to a blocked address."""
    return BlockedByPolicy(
        "policy.link_local",
        f"{host} leads to a link-local or metadata address, where machines keep their own keys. "
        "Nothing was sent.",
        hint="If that is what you mean to call, set `allowLinkLocal` to true in settings.json.",
    )


def is_local_name(host: str) -> bool:
    """`localhost` and what ends in it: always this machine (RFC 6761 §6.3)."""
    return host == "localhost" or host.endswith(".localhost")


@lru_cache(maxsize=512)
def is_loopback(host: str) -> bool:
    """Whether a host, as in Url.host, is this machine by its very spelling."""
    return is_local_name(host) or (_is_address(host) and is_this_machine(host))


def is_this_machine(address: str) -> bool:
    """Whether an IP address leads here: loopback, also inside IPv6, and 0.0.0.0, which stands for it."""
    plain = ip_address(address.partition("%")[0])
    return any(each.is_loopback or each.is_unspecified for each in (plain, *_wrapped(plain)))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
