import pytest

from engine.http.client import never
from engine.http.error import HttpError
from engine.http.watch import SLICE_S, Watch


def code_of(watch: Watch) -> str:
    with pytest.raises(HttpError) as caught:
        watch.check()
    return caught.value.code


def test_before_its_deadline_a_request_may_wait() -> None:
    Watch(10.0, never, lambda: 9.9).check()
    assert SLICE_S < 0.5


def test_at_its_deadline_it_times_out_and_may_be_retried() -> None:
    watch = Watch(10.0, never, lambda: 10.0)
    assert code_of(watch) == "http.timeout"


def test_stop_comes_before_the_deadline() -> None:
    assert code_of(Watch(10.0, lambda: True, lambda: 11.0)) == "http.cancelled"
