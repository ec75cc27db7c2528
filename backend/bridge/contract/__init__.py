"""What the page and the program say to each other: one table of methods, with the shapes of both sides.

`build/generate/contract.py` writes ui/src/lib/contract.ts from it. Names are camelCase in JSON. A field with
a default may be left out; in an answer, one whose default is None is left out when it is None.
"""

from collections.abc import Mapping

from backend.bridge.contract import (
    automations,
    bundle,
    credentials,
    history,
    imports,
    schedules,
    settings,
    vault,
    window,
)
from backend.bridge.contract.shape import Method, Nothing

_TOPICS: Mapping[str, Mapping[str, Method]] = {
    "app": {
        "info": Method(Nothing, settings.AppInfo, is_open=True),
        "active": Method(Nothing, Nothing, is_open=True),
    },
    "settings": {
        "get": Method(Nothing, settings.Settings, is_open=True),
        "update": Method(settings.SettingsUpdate, settings.Settings),
    },
    "vault": {
        "status": Method(Nothing, vault.VaultStatus, is_open=True),
        "unlock": Method(vault.Unlock, vault.VaultStatus, is_open=True),
        "lock": Method(Nothing, vault.VaultStatus, is_open=True),
        "setPassphrase": Method(vault.SetPassphrase, vault.VaultStatus),
        "removePassphrase": Method(vault.RemovePassphrase, vault.VaultStatus),
        "restore": Method(vault.Unlock, vault.VaultStatus, is_open=True),
        "startAnew": Method(Nothing, vault.VaultStatus, is_open=True),
        "copy": Method(Nothing, vault.VaultCopy),
        "restoreCopy": Method(vault.RestoreCopy, vault.VaultStatus, is_open=True),
    },
    "credentials": {
        "types": Method(Nothing, tuple[credentials.CredentialType, ...]),
        "list": Method(Nothing, credentials.CredentialList),
        "get": Method(credentials.CredentialId, credentials.Entry),
        "create": Method(credentials.CredentialCreate, credentials.CredentialSaved),
        "update": Method(credentials.CredentialUpdate, credentials.CredentialSaved),
        "delete": Method(credentials.CredentialDelete, credentials.Entry),
        "restore": Method(credentials.CredentialRestore, credentials.Entry),
        "usage": Method(credentials.CredentialId, credentials.CredentialUsage),
        "private": Method(automations.AutomationId, tuple[credentials.Entry, ...]),
        "test": Method(credentials.CredentialId, credentials.CredentialTested),
    },
    "automations": {
        "list": Method(Nothing, tuple[automations.AutomationEntry, ...]),
        "get": Method(automations.AutomationId, automations.AutomationView),
        "save": Method(automations.AutomationSave, automations.AutomationView),
        "create": Method(automations.AutomationCreate, automations.AutomationView),
        "duplicate": Method(automations.AutomationId, automations.AutomationView),
        "delete": Method(automations.AutomationId, Nothing),
        "import": Method(automations.AutomationText, automations.AutomationImported),
        "importCurl": Method(automations.CurlText, automations.CurlImported),
        "curl": Method(automations.StepOf, automations.CurlCommand),
        "export": Method(automations.AutomationId, automations.AutomationExport),
        "check": Method(automations.AutomationDocument, automations.AutomationCheck),
        "examples": Method(Nothing, tuple[automations.Example, ...]),
        "addExample": Method(automations.ExampleName, automations.AutomationView),
    },
    "bundle": {
        "export": Method(bundle.BundleExport, bundle.BundleFile),
        "import": Method(bundle.BundleImport, imports.ImportReport),
    },
    "window": {
        "follow": Method(window.WindowView, Nothing, is_open=True),
        "close": Method(window.WindowClose, Nothing, is_open=True),
    },
    "dialogs": {
        "saveFile": Method(window.NamedFile, window.SavedFile),
    },
    "steps": {
        "types": Method(Nothing, tuple[automations.StepType, ...]),
        "filters": Method(Nothing, tuple[automations.TemplateFilter, ...]),
        "preview": Method(automations.StepToShow, automations.RequestPreview),
        "fromCurl": Method(automations.CurlText, imports.CurlStep),
        "tweetLength": Method(automations.TweetText, automations.TweetLength),
    },
    "imports": {
        "sources": Method(Nothing, tuple[imports.ImportSource, ...]),
        "read": Method(imports.ImportTexts, imports.ImportReport),
    },
    "schedules": {
        "list": Method(Nothing, tuple[schedules.ScheduleEntry, ...]),
        "create": Method(schedules.ScheduleCreate, schedules.ScheduleEntry),
        "update": Method(schedules.ScheduleUpdate, schedules.ScheduleEntry),
        "delete": Method(schedules.ScheduleId, Nothing),
        "enable": Method(schedules.ScheduleId, schedules.ScheduleEntry),
        "disable": Method(schedules.ScheduleId, schedules.ScheduleEntry),
        "times": Method(schedules.ScheduleTrigger, schedules.ScheduleTimes),
        "zones": Method(Nothing, schedules.ScheduleZones),
        "waiting": Method(Nothing, schedules.ScheduleWaiting, is_open=True),
    },
    "runs": {
        "start": Method(history.RunStart, history.RunId),
        "stop": Method(history.RunId, Nothing),
        "resume": Method(history.RunResume, history.RunId),
        "continue": Method(history.RunContinue, Nothing),
        "replay": Method(history.RunId, history.RunId),
        "doubts": Method(history.RunId, tuple[history.RunDoubt, ...]),
        "active": Method(Nothing, tuple[history.ActiveRun, ...]),
        "events": Method(history.RunEventsOf, tuple[Mapping[str, object], ...], written="RunEvent[]"),
    },
    "history": {
        "list": Method(history.HistoryFilter, tuple[history.HistoryEntry, ...]),
        "get": Method(history.RunId, history.HistoryEntry),
        "delete": Method(history.RunId, Nothing),
        "export": Method(history.RunId, history.RunExport),
    },
}

METHODS: Mapping[str, Method] = {
    f"{topic}.{verb}": method for topic, methods in _TOPICS.items() for verb, method in methods.items()
}
"""Every method the page may call, by its whole name. `is_open` ones answer while the vault is locked."""
