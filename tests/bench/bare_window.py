"""A window with one line in it: what a window takes by itself. Says `shown`, and stays until it is ended."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main() -> None:
    """With the engine that Loopi takes here (`PYWEBVIEW_GUI`, `QT_QPA_PLATFORM`, `DISPLAY`)."""
    from backend.window.choice import find_engine
    from backend.window.library import load_engine, load_webview

    engine = find_engine(os.environ)
    load_engine(engine.name, engine.renderer)
    webview = load_webview()
    window = webview.create_window("Bare", html="<h1>Bare</h1>", width=1280, height=820)
    window.events.loaded += lambda: print("shown", flush=True)
    webview.start(gui=engine.name, private_mode=True, debug=False)


if __name__ == "__main__":
    main()
