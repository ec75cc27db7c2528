"""newman and Bruno's command line: installed into out/bench/peers/, and given the requests of our own run."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.automation import API_KEY
from bench.home import OUT

PEERS = OUT / "peers"
PACKAGES = {"newman": "newman@6.2.2", "bruno": "@usebruno/cli@4.1.0"}
INSTALL_TIMEOUT_S = 180
# They ask the network for a newer version of themselves otherwise.
ENVIRON = {"NO_UPDATE_NOTIFIER": "1", "CI": "1"}


def missing() -> str:
    """Install what is not there yet, and return why that failed: empty when both are ready."""
    if all(_program(name).exists() for name in PACKAGES):
        return ""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not installed"
    PEERS.mkdir(parents=True, exist_ok=True)
    (PEERS / "package.json").write_text('{"private": true}', "utf-8")
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0"]
    try:
        subprocess.run(
            [npm, "install", *options, *PACKAGES.values()],
            cwd=PEERS,
            check=True,
            capture_output=True,
            timeout=INSTALL_TIMEOUT_S,
        )
    except (OSError, subprocess.SubprocessError):
        return "npm could not install it: is there a network?"
    return ""


def command(name: str, folder: Path, url: str, count: int) -> Sequence[str]:
    """What runs `count` requests to `url`; the files for it are written into `folder`."""
    folder.mkdir(parents=True)
    return _WRITERS[name](folder, url, count)


def _newman(folder: Path, url: str, count: int) -> Sequence[str]:
    file = folder / "collection.json"
    variables = [{"key": key, "value": value} for key, value in _variables(url).items()]
    items = [{"name": f"r{index}", "request": {"method": "GET", "url": _TEMPLATE}} for index in range(count)]
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    document = {"info": {"name": "bench", "schema": schema}, "variable": variables, "item": items}
    file.write_text(json.dumps(document), "utf-8")
    return [str(_program("newman")), "run", str(file), "--silent"]


def _bruno(folder: Path, url: str, count: int) -> Sequence[str]:
    (folder / "bruno.json").write_text('{"version": "1", "name": "bench", "type": "collection"}', "utf-8")
    (folder / "environments").mkdir()
    values = "\n".join(f"  {key}: {value}" for key, value in _variables(url).items())
    (folder / "environments" / "bench.bru").write_text(f"vars {{\n{values}\n}}\n", "utf-8")
    for index in range(count):
        meta = f"meta {{\n  name: r{index}\n  type: http\n  seq: {index + 1}\n}}\n"
        get = f"get {{\n  url: {_TEMPLATE}\n  body: none\n  auth: none\n}}\n"
        (folder / f"r{index}.bru").write_text(f"{meta}\n{get}", "utf-8")
    # Bruno runs the collection of the folder it is started in.
    return ["sh", "-c", 'cd "$0" && exec "$1" run --env bench', str(folder), str(_program("bruno"))]


_TEMPLATE = "{{apiUrl}}weather?q={{city}}&units=metric&appid={{apiKey}}"
_WRITERS = {"newman": _newman, "bruno": _bruno}


def _variables(url: str) -> dict[str, str]:
    return {"apiUrl": f"{url}/data/2.5/", "city": "London", "apiKey": API_KEY}


def _program(name: str) -> Path:
    suffix = ".cmd" if os.name == "nt" else ""
    return PEERS / "node_modules" / ".bin" / ({"bruno": "bru"}.get(name, name) + suffix)
