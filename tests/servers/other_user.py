"""Sockets of another user of this machine, for tests that are run by root."""

import os
import socket
import subprocess
import sys

NOBODY = 65534
_MAKE = """
import os, socket, sys
os.seteuid(int(sys.argv[2]))
family = int(sys.argv[3])
with socket.socket(fileno=int(sys.argv[1])) as parent, socket.socket(family, socket.SOCK_STREAM) as made:
    socket.send_fds(parent, [b"made"], [made.fileno()])
"""


def may_be_another_user() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


def foreign_socket(family: socket.AddressFamily = socket.AF_INET) -> socket.socket:
    """Unconnected. A socket belongs to whoever makes it, whoever holds it afterwards.

    Made by another process: a change of user in this one would meet all its threads.
    """
    ours, theirs = socket.socketpair()
    with ours, theirs:
        given = [str(theirs.fileno()), str(NOBODY), str(int(family))]
        command = [sys.executable, "-I", "-S", "-c", _MAKE, *given]
        subprocess.run(command, check=True, pass_fds=[theirs.fileno()], timeout=30)
        _, descriptors, _, _ = socket.recv_fds(ours, 16, 1)
    return socket.socket(fileno=descriptors[0])
