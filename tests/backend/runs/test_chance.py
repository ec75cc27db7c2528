from backend.runs.chance import taken
from engine.chance import NAMES
from engine.template.filters.moment import moment, written


class At:
    """A clock that stands."""

    def now(self) -> float:
        return 1_772_341_629.045

    def monotonic(self) -> float:
        return 0.0

    def wait(self, seconds: float, is_cancelled: object) -> None:
        raise AssertionError


def test_every_name_has_its_value() -> None:
    first, second = taken(NAMES, At()), taken(NAMES, At())

    assert first["now"] == second["now"] == "2026-03-01T05:07:09.045Z"
    assert written(moment(first["now"])) == first["now"]
    assert first["uuid"] != second["uuid"]
    assert all(isinstance(each, float) and 0 <= each < 1 for each in (first["random"], second["random"]))


def test_only_what_is_named_is_taken() -> None:
    assert list(taken(["uuid"], At())) == ["uuid"]
