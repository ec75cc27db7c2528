import subprocess
import sys
from pathlib import Path

import pytest

from backend.runs.owner import Owner
from servers.command_line import ROOT

HOLD = """
import sys
from pathlib import Path
from backend.runs.owner import Owner
print(Owner(Path(sys.argv[1])).token, flush=True)
sys.stdin.read()
"""


def other_process(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_another_process_lives_until_it_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "running"
    with other_process(folder) as process:
        assert process.stdout is not None
        token = process.stdout.readline().strip()
        assert Owner(folder).others() == {token}
        process.kill()
        process.wait()
    assert Owner(folder).others() == set()
    assert list(folder.iterdir()) == []


def test_a_process_is_not_another_one_to_itself(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    assert owner.token == owner.token
    assert owner.others() == set()
    assert Owner(tmp_path).others() == {owner.token}
    owner.close()
    assert Owner(tmp_path).others() == set()


def test_after_the_end_no_file_is_made_again(tmp_path: Path) -> None:
    """A thread that looks for words to stop may be a moment later than the end."""
    owner = Owner(tmp_path)
    assert owner.token
    owner.close()
    with pytest.raises(OSError, match="closed"):
        _ = owner.token
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_among_the_files_is_not_followed(tmp_path: Path) -> None:
    folder, victim = tmp_path / "running", tmp_path / "victim"
    folder.mkdir()
    victim.write_text("precious")
    (folder / "x.owner").symlink_to(victim)
    assert Owner(folder).others() == set()
    assert victim.read_text() == "precious"


def test_who_only_looks_leaves_nothing(tmp_path: Path) -> None:
    assert Owner(tmp_path / "running").others() == set()
    assert not (tmp_path / "running").exists()
