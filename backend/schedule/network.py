"""Whether this machine is connected: asks its own routing table, and sends nothing."""

import socket

# Addresses for documentation (RFC 5737, RFC 3849): to connect a datagram socket looks up a route, no more.
_NOWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def has_network() -> bool:
    """True when there is a route out of this machine."""
    return any(_has_route(family, address) for family, address in _NOWHERE)


def _has_route(family: socket.AddressFamily, address: str) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((address, 9))
    except OSError:
        return False
    return True
