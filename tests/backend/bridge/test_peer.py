import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.bridge.peer import TABLES, Address, is_foreign, written
from servers.other_user import foreign_socket, may_be_another_user

HEAD = "  sl  local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode\n"
CLIENT, SERVER, ELSEWHERE = ("127.0.0.1", 4711), ("127.0.0.1", 80), ("127.0.0.1", 81)
MAPPED = "0000000000000000FFFF0000"
ME = os.getuid() if os.name == "posix" else 0
ESTABLISHED, FIN_WAIT, TIME_WAIT = "01", "05", "06"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there is no table of owners")
needs_table = pytest.mark.skipif(not TABLES[0].exists(), reason="only Linux has the table")
needs_root = pytest.mark.skipif(not may_be_another_user(), reason="only root can be another user")


def row(local: Address, remote: Address, owner: int, *, state: str = ESTABLISHED, prefix: str = "") -> str:
    ends = f"{prefix}{written(local)} {prefix}{written(remote)}"
    return f"   0: {ends} {state} 0:0 00:0 0 {owner} 0 {0 if state == TIME_WAIT else 77}\n"


def seen(tmp_path: Path, *rows: str) -> bool:
    (tmp_path / "tcp").write_text(HEAD + "".join(rows))
    return is_foreign(CLIENT, SERVER, tables=[tmp_path / "tcp", tmp_path / "none"])


@pytest.mark.parametrize("state", [ESTABLISHED, FIN_WAIT])
@pytest.mark.parametrize("prefix", ["", MAPPED])
def test_a_connection_of_another_user_is_foreign(tmp_path: Path, state: str, prefix: str) -> None:
    assert seen(tmp_path, row(CLIENT, SERVER, ME + 1, state=state, prefix=prefix))
    assert not seen(tmp_path, row(CLIENT, SERVER, ME, state=state, prefix=prefix))


def test_one_with_the_same_port_to_another_place_says_nothing_of_it(tmp_path: Path) -> None:
    mine_elsewhere, foreign_here = row(CLIENT, ELSEWHERE, ME), row(CLIENT, SERVER, ME + 1)
    assert seen(tmp_path, mine_elsewhere, foreign_here)
    assert not seen(tmp_path, row(CLIENT, ELSEWHERE, ME + 1), row(CLIENT, SERVER, ME))


def test_a_client_that_is_hidden_while_our_end_is_shown_is_foreign(tmp_path: Path) -> None:
    assert seen(tmp_path, row(SERVER, CLIENT, ME))
    assert seen(tmp_path, row(SERVER, CLIENT, ME), row(CLIENT, SERVER, 0, state=TIME_WAIT))


def test_what_is_not_known_is_not_called_foreign(tmp_path: Path) -> None:
    assert not seen(tmp_path)
    assert not seen(tmp_path, row(ELSEWHERE, SERVER, ME + 1))
    assert not is_foreign(CLIENT, SERVER, tables=[tmp_path / "none"])


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def join(client: socket.socket, server: socket.socket) -> tuple[Address, Address]:
    """Connect, and give both ends as the server sees them."""
    address, port = server.getsockname()
    client.settimeout(20)
    client.connect((address, port) if client.family == socket.AF_INET else (f"::ffff:{address}", port))
    accepted, peer = server.accept()
    accepted.detach()
    return peer, (address, port)


FAMILIES = [socket.AF_INET, socket.AF_INET6]


@needs_table
@pytest.mark.parametrize("family", FAMILIES)
def test_a_connection_of_ones_own_is_not_foreign(
    listening: socket.socket, family: socket.AddressFamily
) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as client:
        ends = join(client, listening)
        assert not is_foreign(*ends)
        client.shutdown(socket.SHUT_WR)
        assert not is_foreign(*ends)


@needs_root
@pytest.mark.parametrize("family", FAMILIES)
def test_a_socket_of_a_real_second_user_is_foreign_also_when_it_says_no_more(
    listening: socket.socket, family: socket.AddressFamily
) -> None:
    with foreign_socket(family) as client:
        ends = join(client, listening)
        assert is_foreign(*ends)
        client.shutdown(socket.SHUT_WR)
        assert is_foreign(*ends)
