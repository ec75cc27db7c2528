"""Whether there is a display on Linux that a window could open on. Asks the display itself.

Qt ends the whole process when its display does not answer, so it is asked before.
"""

import ctypes
import socket
from collections.abc import Mapping
from pathlib import Path

from backend.window.errors import NoWindow

_HINT = "Start Loopi from the desktop, or use the browser: loopi serve"
_WITHOUT_SCREEN = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})
_WAIT_S = 2.0


def needs_no_screen(environ: Mapping[str, str]) -> bool:
    """Whether Qt was told to draw elsewhere than on a desktop, as tests do."""
    return environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_SCREEN


def check_display(environ: Mapping[str, str]) -> None:
    """Raises NoWindow `window.no_display` when nothing answers."""
    wayland, x = environ.get("WAYLAND_DISPLAY"), environ.get("DISPLAY")
    if not wayland and not x:
        raise NoWindow(
            "window.no_display",
            "There is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            hint=_HINT,
        )
    if wayland and _answers_wayland(Path(environ.get("XDG_RUNTIME_DIR", "/"), wayland)):
        return
    if not x or not _answers_x(x):
        raise NoWindow("window.no_display", f"The display {x or wayland} does not answer.", hint=_HINT)


def _answers_wayland(place: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
            asked.settimeout(_WAIT_S)
            asked.connect(str(place))
    except OSError:
        return False
    return True


def _answers_x(name: str) -> bool:
    """Whether the X server lets this user in. Without libxcb no engine could reach it either."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    has_failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not has_failed
