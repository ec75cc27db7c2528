"""Makes .venv ready: every package checked against its hash, then this project itself. Needs Python only.

    python3 build/bootstrap.py [run | dev | package] [--window | --qt] [--system]

`run` holds what the program needs, `dev` the tools and tests as well, `package` what freezes the program.
`--window` adds Qt where a window could be shown and nothing else could show it, `--qt` adds it anyway;
`--system` adds the system packages that the tests, or the freezing, need. A second call finds its stamps and
returns at once.
"""

# A Python too old to run the program must still be able to read this file, and say so.
from __future__ import annotations

import hashlib
import os
import shutil
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
SUITABLE_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")

# dev.txt and package.txt hold all of run.txt, in the same versions (tests/shape/test_dependency.py), and
# package.txt all of qt.txt
COVERS = {"run": ("run",), "dev": ("dev", "run"), "package": ("package", "run", "qt"), "qt": ("qt",)}

# what Qt needs, and Chromium does not bring along
QT_PARTS = {
    "*/libEGL.so.1": "libegl1",
    "*/libGL.so.1": "libgl1",
    "*/libXtst.so.6": "libxtst6",
    "*/libxcb-dri3.so.0": "libxcb-dri3-0",
    "*/libxkbfile.so.1": "libxkbfile1",
}
# group → command that is started, or file under /usr/lib that is loaded → the Debian package it comes from
SYSTEM_PARTS = {
    "dev": {
        "gnome-keyring-daemon": "gnome-keyring",
        "dbus-run-session": "dbus",
        "chromium": "chromium",
        "Xvfb": "xvfb",
        "openbox": "openbox",
        "python3/dist-packages/gi/__init__.py": "python3-gi",
        "*/girepository-1.0/WebKit2-4.1.typelib": "gir1.2-webkit2-4.1",
        **QT_PARTS,
    },
    "package": {
        "objcopy": "binutils",
        "objdump": "binutils",
        **QT_PARTS,
        "*/libnss3.so": "libnss3",
        "*/libasound.so.2": "libasound2",
        "*/libXcomposite.so.1": "libxcomposite1",
        "*/libXdamage.so.1": "libxdamage1",
        "*/libXrandr.so.2": "libxrandr2",
        "*/libgbm.so.1": "libgbm1",
        "*/libxkbcommon.so.0": "libxkbcommon0",
        "*/libdbus-1.so.3": "libdbus-1-3",
        "*/libfontconfig.so.1": "libfontconfig1",
    },
}

# ends with 0 where the window has WebKitGTK, so that it needs no Qt
HAS_WEBKIT = (
    "import sys; from backend.window.gtk import GtkEngine; sys.exit(GtkEngine().problem({}) is not None)"
)


def main(arguments: list[str]) -> int:
    if sys.version_info[:2] < OLDEST:
        return run_again_with_suitable_python(arguments)
    group = next((name for name in COVERS if name in arguments), "dev")
    try:
        if not is_ready(group):
            prepare(group)
        if ("--qt" in arguments or ("--window" in arguments and needs_qt())) and not is_ready("qt"):
            prepare("qt")
        if "--system" in arguments:
            install_system_parts(SYSTEM_PARTS.get(group, {}))
    except OSError as problem:
        say(str(problem))
        return 1
    return 0


def run_again_with_suitable_python(arguments: list[str]) -> int:
    for name in SUITABLE_NAMES:
        # A name on PATH may be a shim without a Python behind it: it is asked, not trusted.
        if shutil.which(name) and succeeds([name, "--version"]):
            return call([name, str(Path(__file__).resolve()), *arguments])
    say(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}, and no newer one was found.")
    say("Install one (Debian and Ubuntu: apt-get install python3.11), then: make PYTHON=python3.11 …")
    return 1


# ---------------------------------------------------------------- .venv


def prepare(group: str) -> None:
    """Raise OSError with words for the user when a step fails. What was done stays and is used next time."""
    for covered in COVERS[group]:
        stamp_file(covered).unlink(missing_ok=True)
    if not VENV_PYTHON.exists() or not succeeds([str(VENV_PYTHON), "-m", "pip", "--version"]):
        create_venv()
    say(f"Installing the packages of build/requirements/{group}.txt, each checked against its hash …")
    # Wheels only: building from source would fetch build tools that no hash covers.
    # The file is complete, so that pip has nothing to add to it.
    pip("--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(requirements_file(group)))
    pip("--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    for covered in COVERS[group]:
        stamp_file(covered).write_text(fingerprint(covered), encoding="utf-8")


def needs_qt() -> bool:
    """Whether there is a display on Linux, and no engine but Qt that could show a window on it."""
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return (
        sys.platform.startswith("linux")
        and has_display
        and not succeeds([str(VENV_PYTHON), "-c", HAS_WEBKIT])
    )


def create_venv() -> None:
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        provide_venv_module()
    say(f"Creating .venv with Python {sys.version.split()[0]} …")
    if call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise OSError("The virtual environment could not be created. What Python says about it stands above.")


def provide_venv_module() -> None:
    """Debian and Ubuntu ship `venv` apart from Python."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if may_install() and apt_install([package]):
        return
    raise OSError(f"This Python cannot create virtual environments. Run: sudo apt-get install {package}")


def pip(*arguments: str) -> None:
    install = ["install", "--quiet", "--quiet", "--no-input", "--disable-pip-version-check"]
    if call([str(VENV_PYTHON), "-m", "pip", *install, *arguments]) != 0:
        raise OSError("The packages could not be installed. What pip says about it stands above.")


# ---------------------------------------------------------------- the stamp


def is_ready(group: str) -> bool:
    stamp = stamp_file(group)
    return VENV_PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") == fingerprint(group)


def fingerprint(group: str) -> str:
    """Hash of all that decides what .venv holds: its Python and place, the locked packages, this project."""
    digest = hashlib.sha256(str(ROOT).encode())
    inputs = (VENV / "pyvenv.cfg", requirements_file(group), ROOT / "pyproject.toml", Path(__file__))
    for path in inputs:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def stamp_file(group: str) -> Path:
    return VENV / (".stamp-" + group)


def requirements_file(group: str) -> Path:
    return ROOT / "build" / "requirements" / (group + ".txt")


# ---------------------------------------------------------------- system packages


def install_system_parts(parts: dict[str, str]) -> None:
    missing = sorted({package for name, package in parts.items() if not has_part(name)})
    if not missing or not sys.platform.startswith("linux"):
        return
    if may_install() and apt_install(missing):
        return
    say(f"Not installed: {', '.join(missing)}. What needs them is skipped or fails.")
    say(f"To have them: sudo apt-get install {' '.join(missing)}")


def has_part(name: str) -> bool:
    return any(Path("/usr/lib").glob(name)) if "/" in name else shutil.which(name) is not None


def may_install() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(packages: list[str]) -> bool:
    say(f"Installing {', '.join(packages)} …")
    install = ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *packages]
    steps = (["apt-get", "update", "--quiet=2"], install)
    return all(call(step, show_output=False) == 0 for step in steps)


# ---------------------------------------------------------------- terminal


def call(command: list[str], *, show_output: bool = True, show_errors: bool = True) -> int:
    """Return the exit code; a command that cannot be started counts as failed. Nothing reads from stdin."""
    import subprocess  # the second call needs none of it, and is to return at once

    done = 127
    with suppress(OSError):
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=None if show_output else subprocess.DEVNULL,
            stderr=None if show_errors else subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        ).returncode
    return done


def succeeds(command: list[str]) -> bool:
    return call(command, show_output=False, show_errors=False) == 0


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
