"""The machine's clock."""

import threading
import time

from backend.runs.clock import SystemClock


def test_a_cancelled_wait_returns_long_before_its_time() -> None:
    cancelled = threading.Event()
    waiting = threading.Thread(target=SystemClock().wait, args=(3600.0, cancelled.is_set))
    waiting.start()
    cancelled.set()
    waiting.join(timeout=30)
    assert not waiting.is_alive()


def test_a_wait_that_is_not_cancelled_lasts_its_time() -> None:
    started = time.monotonic()
    SystemClock().wait(0.05, lambda: False)
    assert time.monotonic() - started >= 0.05


def test_now_is_unix_time() -> None:
    assert abs(SystemClock().now() - time.time()) < 60
