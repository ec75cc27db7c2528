"""Serves the page: puts door, page and program together on one port, and takes them apart at the end."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from backend.app import App
from backend.bridge.desk import Desk, Passphrase
from backend.bridge.dispatch import Dispatch
from backend.bridge.door import Door
from backend.bridge.events import Hub
from backend.bridge.gate import Gate
from backend.bridge.page import Page
from backend.bridge.server import Server, bind
from backend.bridge.theme import chosen_in
from backend.bridge.upkeep import Upkeep
from backend.keeper import Keeper
from engine.errors import LoopiError

PATIENCE_S = 2.0


@dataclass
class Tidying:
    """Deletes old runs in a thread of its own, until it is done or is ended."""

    app: App
    _ended: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        self._thread = threading.Thread(target=self._tidy, name="tidy", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Wait for the run that is being deleted; not for a history that another program holds."""
        self._ended.set()
        if self._thread:
            self._thread.join(PATIENCE_S)

    def _tidy(self) -> None:
        self.app.tidy_history(is_ended=self._ended.is_set)


@dataclass(frozen=True)
class Serving:
    """A page that is served. `link` lets one browser in, once."""

    link: str = field(repr=False)
    port: int
    desk: Desk
    server: Server
    keeper: Keeper

    def run(self) -> None:
        """Serve in this thread until `stop`, or until an exception such as that of Ctrl-C."""
        upkeep, tidying = Upkeep(self.desk), Tidying(self.desk.app)
        upkeep.begin()
        tidying.begin()
        self.keeper.start()
        try:
            self.server.run(at_end=self.desk.hub.close)
        finally:
            upkeep.end()
            self._end()
            tidying.end()

    def stop(self) -> None:
        """End `run`. For any thread."""
        self.desk.hub.close()
        self.server.stop()

    def _end(self) -> None:
        """End the schedules and the runs: nobody would see them."""
        self.keeper.stop()
        self.desk.app.runs.end_all()
        self.desk.app.vault.lock()


def open_serving(app: App, page: Path, *, port: int = 0, asked: Passphrase | None = None) -> Serving:
    """Listen on loopback, on any free port for 0. `page` is the folder of the built page.

    `asked` is what `app` asks for a passphrase. Raises LoopiError `serve.port` when the port cannot be had.
    """
    files = Page.load(page, chosen_in(app.places.settings_file))
    try:
        bound = bind(port)
    except OSError as error:
        raise LoopiError(
            "serve.port",
            f"The port {port} cannot be used: {(error.strerror or 'the system refused').lower()}.",
            hint="Choose another one, or leave --port out to take any that is free.",
        ) from error
    gate, hub = Gate(bound.getsockname()[1]), Hub()
    desk = Desk(app, hub, asked or Passphrase())
    door = Door(gate, files, Dispatch(desk), hub)
    keeper = Keeper(app, is_locked=lambda: desk.was_locked, sinks=(hub.follow,))
    return Serving(gate.new_link(), bound.getsockname()[1], desk, Server(door, bound), keeper)


def in_background(serving: Serving) -> threading.Thread:
    """Serve in a thread of its own, as a window does."""
    thread = threading.Thread(target=serving.run, name="door", daemon=True)
    thread.start()
    return thread
