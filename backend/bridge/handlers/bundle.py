"""Methods about encrypted bundles: a file out, a file in."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from backend.adapters.bundle_export import Wanted
from backend.bridge.contract import bundle as contract
from backend.bridge.contract.imports import ImportReport
from backend.bridge.desk import Desk
from backend.bridge.errors import bad_params
from backend.bridge.handlers.imports import report


def export(desk: Desk, params: contract.BundleExport) -> contract.BundleFile:
    """Raises BundleError, and as the vault and the automations."""
    wanted = Wanted(params.automations, params.credentials, params.everything)
    sealed = desk.app.bundles.seal(wanted, params.passphrase)
    name = f"loopi-bundle-{datetime.now(UTC):%Y-%m-%d}.loopi"
    return contract.BundleFile(
        b64encode(sealed.content).decode(), name, sealed.automations, sealed.credentials
    )


def import_(desk: Desk, params: contract.BundleImport) -> ImportReport:
    """Raises Refusal `bridge.bad_params`, BundleError, and as the stores."""
    try:
        data = b64decode(params.content, validate=True)
    except ValueError:
        raise bad_params({"content": "must be base64"}) from None
    saved = desk.app.bundles.take(data, params.passphrase)
    desk.hub.notify("automations")
    desk.hub.notify("credentials")
    return report(desk, saved)


HANDLERS: Mapping[str, Callable[..., object]] = {"export": export, "import": import_}
