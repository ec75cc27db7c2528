"""Keeps every test on this machine: a look beyond loopback is refused, and fails the test that looked.

An audit hook sees each socket whatever library opened it, and in every thread. Processes that a test starts
are not seen.
"""

import ipaddress
import socket
import sys

REACHING_OUT = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind"}

_violations: list[str] = []


class ReachedOut(RuntimeError):
    """Not an OSError: code under test handles those, and this must not be handled."""


def install() -> None:
    """For the life of the process: an audit hook cannot be taken out again."""
    sys.addaudithook(_watch)


def take_violations() -> list[str]:
    """Return what was refused since the last call, for an error that someone swallowed."""
    taken = _violations.copy()
    _violations.clear()
    return taken


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in REACHING_OUT:
        _check_address(event, arguments[0], arguments[1])
    elif event == "socket.getaddrinfo":
        _check_name(arguments[0])


def _check_address(event: str, opened: object, address: object) -> None:
    is_internet = isinstance(opened, socket.socket) and opened.family in {socket.AF_INET, socket.AF_INET6}
    if is_internet and isinstance(address, tuple) and not is_loopback(str(address[0])):
        _refuse(f"{event} {address[0]}")


def _check_name(host: object) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    if name.rstrip(".").endswith(".invalid"):
        # What the world's name servers answer for this domain (RFC 6761), without asking them.
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if not is_loopback(name) and not _is_address(name):
        _refuse(f"name look-up {name}")


def is_loopback(host: str) -> bool:
    if host in {"localhost", "localhost."}:
        return True
    if not _is_address(host):
        return False
    address = ipaddress.ip_address(host)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _refuse(what: str) -> None:
    _violations.append(what)
    message = f"A test may only use this machine's loopback: {what}"
    raise ReachedOut(message)
