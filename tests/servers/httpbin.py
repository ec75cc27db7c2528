"""httpbin on this machine: a service that others wrote, to hold our client to HTTP as they read it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waitress import wasyncore
from waitress.server import create_server

_TICK_S = 0.02


@contextmanager
def httpbin_server() -> Iterator[str]:
    """Its URL, while it serves."""
    from httpbin import app

    sockets: dict[int, object] = {}
    server = create_server(
        app, map=sockets, host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True
    )
    stopping = threading.Event()

    def serve() -> None:
        while not stopping.is_set():
            wasyncore.loop(timeout=_TICK_S, use_poll=True, map=sockets, count=1)
        server.task_dispatcher.shutdown(timeout=2)
        wasyncore.close_all(sockets)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        stopping.set()
        thread.join(20)
