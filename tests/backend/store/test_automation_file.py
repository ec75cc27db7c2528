"""The names of files: none is a path, none a device, and no two ids share one."""

import pytest

from backend.store.automation_file import file_name


@pytest.mark.parametrize("plain", ["a", "0f6c", "morning-weather", "a_1"])
def test_a_plain_id_is_its_own_name(plain: str) -> None:
    assert file_name(plain) == f"{plain}.json"


def test_no_other_id_is_a_part_of_its_name() -> None:
    odd = [
        "../x",
        "/etc/passwd",
        "con",
        "lpt1",
        "A",
        "a" * 500,
        "ä",
        ".",
        "a b",
        "x.json",
        "a\n",
        "~a",
        "\u202ea",
        "",
    ]
    names = [file_name(each) for each in odd]
    assert all(name.startswith("~") and name[1:-5].isalnum() for name in names)
    assert len(set(names)) == len(odd)
