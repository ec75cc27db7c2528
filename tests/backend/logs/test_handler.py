"""The files that the log is written to."""

import logging
import os
from pathlib import Path

import pytest

from backend.logs.handler import FILE_SIZE_BYTES, KEPT_FILES
from backend.logs.redaction import RECORD_SIZE
from log_setup import SECRET, Setup, log


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_all_log_files_are_for_their_owner_only_and_their_number_and_size_are_bounded(setup: Setup) -> None:
    setup.file.parent.mkdir(parents=True, mode=0o700)
    setup.file.touch(0o644)
    log.debug("first")
    assert setup.file.stat().st_mode & 0o777 == 0o600
    for _ in range((KEPT_FILES + 3) * FILE_SIZE_BYTES // RECORD_SIZE):
        log.debug("%s %s", SECRET, "z" * (RECORD_SIZE - 200))
    files = sorted(setup.file.parent.iterdir())
    assert len(files) == KEPT_FILES + 1
    for file in files:
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.stat().st_size <= FILE_SIZE_BYTES
        assert SECRET not in file.read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="needs O_NOFOLLOW")
def test_the_log_does_not_follow_a_planted_link_and_says_once_that_it_cannot_be_written(
    setup: Setup, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    setup.file.parent.mkdir()
    setup.file.symlink_to(target)
    setup.again(logging.ERROR)
    log.warning("one")
    log.warning("two")
    assert target.read_text() == "mine"
    assert setup.stream.getvalue() == (
        f"The log file {setup.file} cannot be written. Check the disk and its rights.\n"
    )
