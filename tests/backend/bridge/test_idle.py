from dataclasses import dataclass

from backend.bridge.idle import Idle


@dataclass
class Hands:
    """A clock that the test sets."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_time_counts_from_the_last_touch() -> None:
    monotonic = Hands()
    idle = Idle(monotonic, Hands())
    monotonic.now += 90
    assert idle.seconds() == 90
    idle.touch()
    assert idle.seconds() == 0


def test_a_machine_that_slept_was_not_used_meanwhile() -> None:
    wall = Hands()
    idle = Idle(Hands(), wall)
    wall.now += 8 * 3600
    assert idle.seconds() == 8 * 3600


def test_a_clock_that_is_set_back_does_not_keep_the_vault_open() -> None:
    monotonic, wall = Hands(), Hands()
    idle = Idle(monotonic, wall)
    monotonic.now += 600
    wall.now -= 86_400
    assert idle.seconds() == 600
