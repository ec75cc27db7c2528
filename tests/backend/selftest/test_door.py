from pathlib import Path

import pytest

from backend.selftest import check, door
from backend.selftest.trial import Failed, Trial


def test_the_door_is_tried_from_both_sides(trial: Trial, page: Path) -> None:
    check.vault(trial)
    assert "told of 2 credentials" in door.check(trial)


def test_a_list_without_the_credential_fails_and_the_server_is_stopped(trial: Trial, page: Path) -> None:
    with pytest.raises(Failed, match="not in the list"):
        door.check(trial)


def test_a_page_that_is_not_ours_fails(trial: Trial, page: Path) -> None:
    (page / "index.html").write_text("<title>Another</title>")
    with pytest.raises(Failed, match="the page was not served"):
        door.check(trial)
