import pytest

from backend.runs.nowhere import NOT_SENT, Nothing, Nowhere
from engine.errors import LoopiError


def test_nothing_is_sent_and_nothing_is_remembered() -> None:
    with pytest.raises(LoopiError) as caught:
        Nowhere().send("a request", timeout_s=1)
    assert caught.value.code == NOT_SENT
    Nothing().intend("0", 1)
