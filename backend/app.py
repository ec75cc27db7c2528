"""Puts the program together: the one place that knows every room. Each part is made when first asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from backend.places import Places

if TYPE_CHECKING:
    from backend.credentials.service import CredentialService
    from backend.credentials.type_book import TypeBook
    from backend.runs.journal import Journal
    from backend.runs.service import RunService
    from backend.store.automations import AutomationStore
    from backend.vault.vault import Vault
    from engine.book import StepBook
    from engine.model import Automation
    from engine.ports import Settings

Ask = Callable[[], str | None]


@dataclass(frozen=True)
class App:
    """The program of one user. `passphrase` opens the vault; `ask` asks a person for it when it is needed."""

    places: Places
    environ: Mapping[str, str] = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)
    ask: Ask | None = None

    @cached_property
    def vault(self) -> "Vault":
        from backend.vault.keys import KeySource
        from backend.vault.vault import Vault

        directory = self.places.vault_dir
        keys = KeySource(directory, environ=self.environ, passphrase=self.passphrase, ask=self.ask)
        return Vault(directory, keys)

    @cached_property
    def types(self) -> "TypeBook":
        from backend import resources
        from backend.credentials.type_book import TypeBook

        return TypeBook.load(resources.schemas() / "credentials", self.places.schemas)

    @cached_property
    def credentials(self) -> "CredentialService":
        from datetime import UTC, datetime
        from uuid import uuid4

        from backend.credentials.service import CredentialService

        return CredentialService(
            self.vault, self.types, clock=lambda: datetime.now(UTC), new_id=lambda: uuid4().hex
        )

    @cached_property
    def automations(self) -> "AutomationStore":
        from backend.store.automations import AutomationStore

        return AutomationStore(self.places.automations)

    @property
    def settings(self) -> "Settings":
        """The settings as they are now: a run takes those of its start."""
        from backend.store.settings import load_settings

        return load_settings(self.places.settings_file).for_engine(self.environ)

    @cached_property
    def journal(self) -> "Journal":
        from backend.runs.journal import Journal

        return Journal(self.places.history_db)

    @cached_property
    def runs(self) -> "RunService":
        from backend.adapters.credentials import VaultCredentials
        from backend.runs.clock import SystemClock
        from backend.runs.service import RunService

        credentials = VaultCredentials(lambda: self.credentials, lambda: self.types)
        return RunService(
            lambda: self.journal, credentials, settings=lambda: self.settings, clock=SystemClock()
        )

    @cached_property
    def book(self) -> "StepBook":
        from backend import resources
        from engine.book import StepBook
        from engine.steps.registry import STEPS

        steps = {name: resources.schema(f"steps/{name}") for name in STEPS}
        return StepBook(resources.schema("automation"), steps)

    def parse(self, document: object) -> "Automation":
        """The automation of a document. Raises `engine.parse.InvalidAutomation` with every problem."""
        from engine.parse import parse

        return parse(document, book=self.book)


def open_app(environ: Mapping[str, str], *, passphrase: str | None = None, ask: Ask | None = None) -> App:
    """The program with the folders of this environment, made when they are missing."""
    places = Places.from_environment(environ)
    places.create()
    return App(places, environ, passphrase, ask)
