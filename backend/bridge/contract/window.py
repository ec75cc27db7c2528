"""What the page and its window say to each other. In a browser there is no window, and nothing happens."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WindowView:
    """What is shown now: `view` is what follows # in the address, `is_dark` how the page looks."""

    title: str
    view: str
    is_dark: bool


@dataclass(frozen=True)
class WindowClose:
    """The answer to the topic `closing`: runs go on, shall they be stopped and the window closed?"""

    should_close: bool


@dataclass(frozen=True)
class NamedFile:
    """A file to be saved under a name that the person may change. `content` is base64."""

    file_name: str
    content: str


@dataclass(frozen=True)
class SavedFile:
    """Where it was saved; None when the person thought better of it."""

    path: str | None = None
