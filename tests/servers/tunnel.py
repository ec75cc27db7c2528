"""A proxy on 127.0.0.1 that opens tunnels, all to one server of the test, whatever host is asked for."""

import socket
from collections.abc import Callable
from select import select

OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"


def to(port: int, opening: bytes = OPEN) -> Callable[[socket.socket], None]:
    """For a script of RawServer: answer CONNECT with `opening`, then carry bytes both ways to this port."""

    def carry(client: socket.socket) -> None:
        client.sendall(opening)
        with socket.create_connection(("127.0.0.1", port)) as server:
            ways = {client: server, server: client}
            while True:
                for ready in select(list(ways), [], [], 30)[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    ways[ready].sendall(data)

    return carry
