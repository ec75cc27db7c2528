from pathlib import Path

import pytest

from backend import resources
from backend.selftest import check
from backend.selftest.trial import CREDENTIAL, Failed, Trial
from engine.secrets import Secret


def test_the_files_are_counted(trial: Trial, page: Path) -> None:
    assert check.files(trial).startswith("a page of 1 files, ")


def test_a_copy_without_its_page_does_not_pass(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(resources, "_HERE", tmp_path)
    with pytest.raises(LookupError, match="page is not built"):
        check.files(trial)


def test_the_kinds_of_keychains_are_found_by_their_names(trial: Trial) -> None:
    assert "kinds of keychains" in check.libraries(trial)


def test_a_credential_is_saved_and_read_again(trial: Trial) -> None:
    check.vault(trial)
    assert trial.open().credentials.get(CREDENTIAL).fields["apiKey"] == Secret(trial.secret)


def test_a_secret_that_a_file_shows_fails_the_check(trial: Trial) -> None:
    (trial.open().places.logs / "loopi.log").write_text(trial.secret)
    with pytest.raises(Failed, match=r"stands in the clear in loopi\.log"):
        check.vault(trial)


def test_a_run_reaches_the_service_with_its_credentials(trial: Trial) -> None:
    check.vault(trial)
    check.run(trial)
    assert [path.partition("?")[0] for path, _ in trial.stand_in.seen] == [
        "/weather",
        "/2/users/by/username/ada",
    ]


def test_a_run_that_fails_says_why(trial: Trial) -> None:
    with pytest.raises(Failed, match=r"^ended with 4: "):
        check.run(trial)
