"""Puts the program together: the one place that knows every room. Each part is made when first asked for."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from backend.places import Places
from engine.errors import LoopiError

if TYPE_CHECKING:
    from backend.adapters.bundle import Bundles
    from backend.adapters.credential_trial import CredentialTester
    from backend.adapters.credentials import VaultCredentials
    from backend.credentials.service import CredentialService
    from backend.credentials.type_book import TypeBook
    from backend.runs.journal import Journal
    from backend.runs.rehearsals import Rehearsals
    from backend.runs.service import RunService
    from backend.schedule.store import ScheduleStore
    from backend.store.automations import AutomationStore
    from backend.store.credential_use import UseLog
    from backend.vault.vault import Vault
    from engine.model import Automation
    from engine.parse.book import StepBook
    from engine.ports import Settings

_log = logging.getLogger(__name__)

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
    def bundles(self) -> "Bundles":
        from backend.adapters.bundle import Bundles

        return Bundles(self.vault, self.types, self.credentials, self.automations)

    @cached_property
    def automations(self) -> "AutomationStore":
        from backend.store.automations import AutomationStore

        return AutomationStore(self.places.automations)

    @property
    def settings(self) -> "Settings":
        """The settings as they are now: a run takes those of its start."""
        from backend.store.settings import load_settings

        found = load_settings(self.places.settings_file).for_engine(self.environ)
        folder = found.files_folder or str(self.places.files)
        return replace(found, files_folder=folder, private_folder=str(self.places.user_data))

    @cached_property
    def journal(self) -> "Journal":
        from backend.runs.journal import Journal

        return Journal(self.places.history_db)

    @cached_property
    def uses(self) -> "UseLog":
        """When credentials were last used, and what came of it."""
        from backend.store.credential_use import UseLog

        return UseLog(self.places.credential_use_db)

    @cached_property
    def schedules(self) -> "ScheduleStore":
        from backend.schedule.store import ScheduleStore

        return ScheduleStore(self.places.schedules_db)

    @cached_property
    def runs(self) -> "RunService":
        from backend.adapters.credential_use import UseWatch
        from backend.runs.clock import SystemClock
        from backend.runs.service import RunService

        return RunService(
            lambda: self.journal,
            self._for_runs(),
            settings=lambda: self.settings,
            clock=SystemClock(),
            listen=UseWatch(lambda: self.uses),
            find=self._called,
            after=self.tidy_history,
        )

    @cached_property
    def rehearsals(self) -> "Rehearsals":
        """Runs that send nothing."""
        from backend.runs.rehearsals import Rehearsals

        return Rehearsals(self.runs, lambda: self.journal)

    def tidy_history(self, *, is_ended: Callable[[], bool] = lambda: False) -> int:
        """Delete the runs that are kept no longer, until `is_ended`; return how many.

        A failure is logged, no more.
        """
        from backend.store.settings import load_settings

        try:
            kept = load_settings(self.places.settings_file).retention
            oldest = time.time() - kept.history_days * 86_400
            active = [run.run_id for run in self.runs.active()]
            number = kept.history_runs
            return self.journal.purge(oldest=oldest, kept=number, active=active, is_ended=is_ended)
        except LoopiError as error:
            _log.warning("The history was not tidied: %s", error.code)
            return 0

    @cached_property
    def tester(self) -> "CredentialTester":
        """Tries credentials with a request of their own."""
        from backend.adapters.credential_trial import CredentialTester
        from backend.runs.clock import SystemClock

        return CredentialTester(
            self._for_runs(), lambda: self.uses, settings=lambda: self.settings, clock=SystemClock()
        )

    def _for_runs(self) -> "VaultCredentials":
        from backend.adapters.credentials import VaultCredentials

        return VaultCredentials(lambda: self.credentials, lambda: self.types)

    @cached_property
    def book(self) -> "StepBook":
        from backend import resources
        from engine.parse.book import StepBook
        from engine.steps.registry import STEPS

        steps = {name: resources.schema(f"steps/{name}") for name in STEPS}
        return StepBook(resources.schema("automation"), steps)

    def parse(self, document: object) -> "Automation":
        """The automation of a document. Raises InvalidAutomation with every problem."""
        from engine.parse.document import parse

        return parse(document, book=self.book)

    def linked(self, automation: "Automation") -> "Automation":
        """It with all that it runs. Raises InvalidAutomation when something of that cannot be run."""
        from engine.linking import linked

        return linked(automation, self._called)

    def _called(self, reference: str) -> "Automation | None":
        from backend.store.errors import StoreError

        try:
            document = self.automations.get(reference)
        except StoreError as error:
            if error.code == "automation.missing":
                return None
            raise
        return self.parse(document)


def open_app(environ: Mapping[str, str], *, passphrase: str | None = None, ask: Ask | None = None) -> App:
    """The program with the folders of this environment, made when they are missing."""
    places = Places.from_environment(environ)
    places.create()
    return App(places, environ, passphrase, ask)
