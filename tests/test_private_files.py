"""Whatever Loopi writes is for its user alone, though the umask be 0 and the folder have been open to all."""

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from servers.command_line import Cli
from servers.echo import EchoServer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
PASSPHRASE = "pass-phrase-of-a-bundle"


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [
        f"{each.relative_to(folder)} {stat.S_IMODE(each.lstat().st_mode):o}"
        for each in (folder, *folder.rglob("*"))
        if each.lstat().st_mode & 0o077
    ]


def test_nothing_that_is_written_can_be_read_by_others(tmp_path: Path, server: EchoServer) -> None:
    loopi = Cli(tmp_path / "home")
    loopi.home.mkdir(mode=0o777)
    loopi.add("Mine", {"apiKey": "k" * 20, "apiUrl": server.url})
    call = {"type": "apiCall", "method": "GET", "url": server.url, "credentialId": "Mine"}
    save = {"id": "a", **call, "saveResponseTo": "x/y/z.txt"}
    data = {"id": "b", "type": "setVariable", "variableName": "v", "value": "x" * 100_000}
    loopi("automations", "import", loopi.file("one", save, data))
    (tmp_path / "one.json").unlink()
    run = loopi("run", "one", "--json")
    assert run.code == 0, run.err
    assert loopi("schedule", "add", "one", "--every", "1h").code == 0
    exported = (
        loopi("history", "export", run.events[0]["run_id"], "--output", str(tmp_path / "run.jsonl")),
        loopi("automations", "export", "one", "--output", str(tmp_path / "automation.json")),
        loopi(
            *("bundle", "export", str(tmp_path / "moving.loopi"), "--all", "--bundle-passphrase-stdin"),
            stdin=PASSPHRASE,
        ),
    )
    assert [done.code for done in exported] == [0, 0, 0], [done.err for done in exported]
    daemon = subprocess.Popen(loopi.command("daemon"), env=loopi.environ(), stderr=subprocess.PIPE, text=True)
    assert daemon.stderr is not None
    daemon.stderr.readline()
    daemon.send_signal(signal.SIGINT)
    daemon.communicate(timeout=30)
    names = {each.name for each in loopi.home.rglob("*")}
    assert names >= {"z.txt", "runs.db", "schedules.db", "credential-use.db", "blobs"}
    tmp_path.chmod(0o700)
    assert open_to_others(tmp_path) == []
