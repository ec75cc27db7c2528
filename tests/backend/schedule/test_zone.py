from zoneinfo import ZoneInfo

from backend.schedule.zone import all_zones, own_zone


def test_every_zone_that_is_offered_can_be_chosen() -> None:
    names = all_zones()
    assert {"Europe/Berlin", "America/New_York", "UTC"} <= set(names)
    assert list(names) == sorted(names)
    assert [ZoneInfo(name).key for name in names] == list(names)


def test_this_computers_zone_has_a_name() -> None:
    assert ZoneInfo(own_zone()).key == own_zone()
