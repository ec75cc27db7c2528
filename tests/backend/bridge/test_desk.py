import threading

import pytest

from backend.bridge.desk import Desk, Passphrase
from engine.errors import LoopiError


def test_a_passphrase_is_offered_in_its_own_thread_only() -> None:
    asked, heard = Passphrase(), list[str | None]()
    asked.offer("canary")
    other = threading.Thread(target=lambda: heard.append(asked.ask()))
    other.start()
    other.join()
    assert (asked.ask(), heard) == ("canary", [None])


def test_a_vault_that_was_locked_stays_so_though_its_key_is_at_hand(desk: Desk) -> None:
    desk.require_open()
    desk.was_locked = True
    with pytest.raises(LoopiError) as caught:
        desk.require_open()
    assert caught.value.code == "vault.locked"
