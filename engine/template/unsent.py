"""Stands for what a service would have answered, in a run that sends nothing: any part of it is one too."""

from typing import Self

from engine.model import Json

MARK = "not-sent."
NOT_SENT = "step.no_request"
"""The code of the error with which a request ends that must not be sent."""


class Unsent(str):
    """A text that tells where the value would come from: `not-sent.weather.data.main.temp`."""

    __slots__ = ()

    def __new__(cls, source: str) -> Self:
        return super().__new__(cls, f"{MARK}{source.removeprefix(MARK)[:200]}")

    def part(self, key: object) -> "Unsent":
        """What stands for `value.key` or `value[key]`."""
        return Unsent(f"{self}.{key}")


class UnsentOutput(dict[str, Json]):
    """What a step leaves that was not sent: whatever is asked of it stands for itself."""

    def __init__(self, step_id: str) -> None:
        super().__init__(data=Unsent(f"{step_id}.data"))
        self._step_id = step_id

    def get(self, key: str, _default: object = None) -> Json:
        """As of a dict to which nothing is unknown."""
        return self[key] if key in self else Unsent(f"{self._step_id}.{key}")


def is_unsent(*values: object) -> bool:
    """Whether one of the values stands for an answer that never came."""
    return any(isinstance(value, Unsent) for value in values)
