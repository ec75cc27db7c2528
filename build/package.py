"""Freezes the program into one folder that needs no Python: out/loopi/. Needs the built page.

    python build/package.py

PyInstaller's own defaults would write into build/, which is a source folder here.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "build" / "loopi.spec"
OUT = ROOT / "out"
BUNDLE = OUT / "loopi"
PROGRAM = BUNDLE / ("loopi.exe" if os.name == "nt" else "loopi")


def main() -> int:
    began = time.monotonic()
    print("Freezing the program …", flush=True)
    with (OUT / "package.log").open("wb") as log:
        done = subprocess.run(
            command(), cwd=OUT, env=environ(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
    if done.returncode:
        print(Path(log.name).read_text("utf-8", "replace"))
        print("PyInstaller could not freeze the program. What it says about it stands above.")
        return 1
    shutil.rmtree(OUT / "package")
    size_mb = sum(file.stat().st_size for file in BUNDLE.rglob("*") if not file.is_symlink()) / 1e6
    shown = PROGRAM.relative_to(ROOT)
    print(f"{shown}: {size_mb:,.0f} MB, frozen in {time.monotonic() - began:.0f} s.")
    print(f"Does it work on this machine? {shown} --selftest")
    return 0


def command() -> list[str]:
    places = ["--distpath", str(OUT), "--workpath", str(OUT / "package")]
    return [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", *places, str(SPEC)]


def environ() -> dict[str, str]:
    """Its cache too goes below out/, and no order of things hangs on chance."""
    return {**os.environ, "PYINSTALLER_CONFIG_DIR": str(OUT / "package" / "cache"), "PYTHONHASHSEED": "0"}


if __name__ == "__main__":
    sys.exit(main())
