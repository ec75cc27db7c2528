"""Why there is no window: said in one sentence, so that the page can be shown in the browser instead."""

from engine.errors import LoopiError


class NoWindow(LoopiError):
    """The page cannot be shown in a window on this machine. The hint says what it would take."""


def no_engine(reasons: tuple[str, ...], *, hint: str) -> NoWindow:
    """None of the engines that this system could have works; each says why."""
    return NoWindow(
        "window.no_engine", "No engine for the window works here: " + "; ".join(reasons) + ".", hint=hint
    )
