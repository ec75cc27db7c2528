"""Methods about requests in curl's notation, in and out."""

from collections.abc import Callable, Mapping

from backend.adapters.curl import step_as_curl
from backend.adapters.imports import save_imported, save_steps
from backend.bridge.contract import automations as contract
from backend.bridge.contract.imports import CurlStep
from backend.bridge.desk import Desk
from backend.bridge.handlers import automations
from backend.importers.curl import import_curl


def import_(desk: Desk, params: contract.CurlText) -> contract.CurlImported:
    """Secrets go into the vault, and nowhere into the answer. Raises ImportFailed."""
    saved = save_imported(desk.app.automations, desk.app.credentials, import_curl(params.text))
    desk.hub.notify("automations")
    desk.hub.notify("credentials")
    view = automations.get(desk, contract.AutomationId(saved.automations[0]))
    names = [name for _, name in saved.credentials]
    return contract.CurlImported(view, saved.notes, names[0] if names else None)


def step(desk: Desk, params: contract.CurlText) -> CurlStep:
    """A step for an automation that is open; its secrets are saved at once. Raises ImportFailed."""
    saved = save_steps(desk.app.automations, desk.app.credentials, import_curl(params.text))
    desk.hub.notify("credentials")
    names = [name for _, name in saved.credentials]
    return CurlStep(saved.steps[0], saved.notes, names[0] if names else None)


def copy(desk: Desk, params: contract.StepOf) -> contract.CurlCommand:
    """Looks at no secret. Raises LoopiError `import.no_call`, `run.no_such_step`."""
    app = desk.app
    copied = step_as_curl(app.automations.get(params.id), params.step_id, app.credentials, app.types)
    return contract.CurlCommand(copied.text, copied.notes)


HANDLERS: Mapping[str, Callable[..., object]] = {"importCurl": import_, "curl": copy}
STEPS: Mapping[str, Callable[..., object]] = {"fromCurl": step}
