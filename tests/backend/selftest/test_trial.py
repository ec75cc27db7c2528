import sys
from pathlib import Path
from typing import NoReturn

import pytest

from backend.selftest.trial import NotAvailable, Trial, carry_out, require


def broken(_trial: Trial) -> NoReturn:
    raise ZeroDivisionError("as no check should")


def leaves(_trial: Trial) -> NoReturn:
    sys.exit(3)


def sees_fault(trial: Trial) -> str:
    require(trial.shows_secret(), "no file shows it")
    return "not reached"


def finds_nothing(_trial: Trial) -> NoReturn:
    raise NotAvailable("there is none")


def good(trial: Trial) -> str:
    trial.open()
    return "as it must be"


def test_each_check_is_one_line_whatever_becomes_of_it() -> None:
    said: list[str] = []
    checks = {"a": good, "b": sees_fault, "c": broken, "d": leaves, "e": good}
    assert not carry_out(checks, said.append)
    assert said == [
        "ok      a: as it must be",
        "failed  b: no file shows it",
        "failed  c: ZeroDivisionError: as no check should",
        "failed  d: SystemExit: 3",
        "ok      e: as it must be",
    ]


def test_it_passes_when_every_check_has_passed() -> None:
    assert carry_out({"a": good, "b": good}, lambda _line: None)


def test_what_is_not_there_and_need_not_be_is_no_failure() -> None:
    said: list[str] = []
    assert carry_out({"a": finds_nothing}, said.append)
    assert said == ["absent  a: there is none"]


def test_nothing_is_left_behind() -> None:
    homes: list[Path] = []

    def remember(trial: Trial) -> str:
        homes.append(trial.open().places.user_data)
        return str(homes[-1].is_dir())

    said: list[str] = []
    carry_out({"a": remember}, said.append)
    assert said == ["ok      a: True"]
    assert not homes[0].parent.exists()


def test_a_secret_in_a_file_is_found(trial: Trial) -> None:
    file = trial.open().places.logs / "loopi.log"
    file.write_text(f"a line\nkey={trial.secret}\n")
    assert trial.shows_secret() == ["loopi.log"]


def test_the_secrets_of_a_trial_are_not_in_its_name(trial: Trial) -> None:
    assert trial.secret not in repr(trial)
    assert trial.key not in repr(trial)


@pytest.mark.parametrize("name", ["LOOPI_HOME", "LOOPI_VAULT_KEY", "LOOPI_X_BASE_URL"])
def test_what_the_user_has_set_does_not_steer_it(
    trial: Trial, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "elsewhere")
    assert trial.environ[name] != "elsewhere"
    assert trial.home in trial.open().places.vault_dir.parents or trial.open().places.vault_dir == trial.home
