"""Methods about the window that shows the page. Without one they do nothing, or say so."""

from base64 import b64decode
from collections.abc import Callable, Mapping

from backend.bridge.contract.shape import Nothing
from backend.bridge.contract.window import NamedFile, SavedFile, WindowClose, WindowView
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from engine.errors import LoopiError

# Of a path, of a drive, and what no file is called by.
_PATH_SIGNS = frozenset("/\\:\0\r\n")


def follow(desk: Desk, params: WindowView) -> Nothing:
    """Open: a locked page has a title too."""
    if desk.window is not None:
        desk.window.follow(title=params.title, view=params.view, is_dark=params.is_dark)
    return Nothing()


def close(desk: Desk, params: WindowClose) -> Nothing:
    if desk.window is not None:
        desk.window.answer_close(should_close=params.should_close)
    return Nothing()


def save_file(desk: Desk, params: NamedFile) -> SavedFile:
    """Answers when the dialog is closed. Raises LoopiError `window.none`, StoreError `store.unwritable`."""
    if params.file_name in {"", ".", ".."} or set(params.file_name) & _PATH_SIGNS:
        raise bad_params({"fileName": "must be the name of a file"})
    try:
        content = b64decode(params.content, validate=True)
    except ValueError:
        raise bad_params({"content": "must be base64"}) from None
    if desk.window is None:
        raise LoopiError("window.none", "There is no window here.", hint="Save the file with the browser.")
    path = desk.window.save_file(params.file_name, content)
    return SavedFile(None if path is None else str(path))


HANDLERS: Mapping[str, Callable[..., object]] = {"follow": follow, "close": close}
DIALOGS: Mapping[str, Callable[..., object]] = {"saveFile": save_file}
