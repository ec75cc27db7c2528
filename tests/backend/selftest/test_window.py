import sys

import pytest

from backend.selftest import window
from backend.selftest.trial import Failed, NotAvailable, Trial

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system has an engine")


@pytest.fixture(autouse=True)
def has_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No display, and no Qt to do without one."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setitem(sys.modules, "qtpy", None)


def test_without_an_engine_it_says_why(trial: Trial) -> None:
    with pytest.raises(NotAvailable, match=r"^not available: .*Qt"):
        window.check(trial)


def test_a_bundle_without_its_engine_fails(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(Failed, match="Qt"):
        window.check(trial)
