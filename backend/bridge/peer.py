"""Whether the other end of a loopback connection belongs to another user of this computer.

Linux says so in /proc/net/tcp. Elsewhere, and for a connection that is not listed there, nobody knows.
"""

import os
import socket
import struct
from pathlib import Path

TABLE = Path("/proc/net/tcp")
_LOCAL, _STATE, _OWNER = 1, 3, 7
_ESTABLISHED = "01"


def is_foreign(address: str, port: str, *, table: Path = TABLE) -> bool:
    """True when the socket that is bound to this IPv4 address and port is owned by somebody else."""
    try:
        lines = table.read_text("ascii").splitlines()[1:]
        wanted = written(address, int(port))
    except (OSError, ValueError):
        return False
    rows = [line.split() for line in lines]
    # A closed socket's row belongs to nobody and says 0.
    owners = {int(row[_OWNER]) for row in rows if row[_LOCAL] == wanted and row[_STATE] == _ESTABLISHED}
    return bool(owners) and os.getuid() not in owners


def written(address: str, port: int) -> str:
    """An address as the table has it: the four bytes as one number of this machine, then the port."""
    (number,) = struct.unpack("=I", socket.inet_aton(address))
    return f"{number:08X}:{port:04X}"
