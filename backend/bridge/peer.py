"""Whether the other end of a loopback connection belongs to another user of this computer.

Linux says so in /proc/net. Elsewhere nobody knows.
"""

import os
import socket
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

Address: TypeAlias = tuple[str, int]

# A socket of IPv6 reaches 127.0.0.1 too, as ::ffff:127.0.0.1, and is listed in the second table alone.
TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_MAPPED = "0000000000000000FFFF0000"
_LOCAL, _REMOTE, _OWNER, _INODE = 1, 2, 7, 9
# The system writes a table while connections come and go, and may miss one.
_LOOKS = 3


def is_foreign(client: Address, server: Address, *, tables: Sequence[Path] = TABLES) -> bool:
    """True when the client's end of this connection is owned by somebody else.

    Whatever its state: a client that has said all it will say can still read. One that the system hides while
    it shows our own end is foreign; where it shows neither, nobody knows.
    """
    for _ in range(_LOOKS):
        ends = dict(_ends(written(client), written(server), tables))
        if "theirs" in ends:
            return ends["theirs"] != os.getuid()
    return "ours" in ends


def written(address: Address) -> str:
    """An address as the table has it: the four bytes as one number of this machine, then the port."""
    (number,) = struct.unpack("=I", socket.inet_aton(address[0]))
    return f"{number:08X}:{address[1]:04X}"


def _ends(client: str, server: str, tables: Sequence[Path]) -> Iterator[tuple[str, int]]:
    """The two rows of the connection, with their owners. A port alone says little: others may use it too."""
    names = {(client, server): "theirs", (server, client): "ours"}
    for table in tables:
        for line in _lines(table):
            row = line.split()
            name = names.get((_plain(row[_LOCAL]), _plain(row[_REMOTE])))
            # What was closed belongs to nobody, and its row says 0 twice.
            if name and row[_INODE] != "0":
                yield name, int(row[_OWNER])


def _lines(table: Path) -> list[str]:
    try:
        return table.read_text("ascii").splitlines()[1:]
    except OSError:
        return []


def _plain(written_address: str) -> str:
    return written_address.removeprefix(_MAPPED)
