import os
import socket
import sys
from pathlib import Path

import pytest

from backend.bridge.peer import is_foreign, written

HEAD = "  sl  local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid\n"


def table(tmp_path: Path, *, owner: int, state: str = "01") -> Path:
    file = tmp_path / "tcp"
    row = f"   0: {written('127.0.0.1', 4711)} {written('127.0.0.1', 80)} {state} 0:0 00:0 0 {owner} 0 1\n"
    file.write_text(HEAD + row)
    return file


@pytest.mark.skipif(sys.platform == "win32", reason="there is no table of owners")
def test_a_connection_of_another_user_is_foreign(tmp_path: Path) -> None:
    assert is_foreign("127.0.0.1", "4711", table=table(tmp_path, owner=os.getuid() + 1))
    assert not is_foreign("127.0.0.1", "4711", table=table(tmp_path, owner=os.getuid()))


def test_what_is_not_known_is_not_called_foreign(tmp_path: Path) -> None:
    file = table(tmp_path, owner=12345)
    assert not is_foreign("127.0.0.1", "4712", table=file)
    assert not is_foreign("", "", table=file)
    assert not is_foreign("127.0.0.1", "4711", table=tmp_path / "none")
    assert not is_foreign("127.0.0.1", "4711", table=table(tmp_path, owner=12345, state="06"))


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux has the table")
def test_a_real_connection_is_found_under_its_owner() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    with server, socket.create_connection(server.getsockname()) as connection:
        address, port = connection.getsockname()
        assert written(address, port) in Path("/proc/net/tcp").read_text("ascii")
        assert not is_foreign(address, str(port))
