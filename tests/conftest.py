"""What holds for every test: no network but loopback, no file of the user's own, the same examples in CI.

And the two servers that many talk to, each test to one of its own.
"""

import os
import signal
from collections.abc import Generator, Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Playwright, sync_playwright

import network_guard
from servers.echo import EchoServer
from servers.x_api import XServer

network_guard.install()
# A shell that starts `make test` with `&` has it ignore Ctrl-C, and each process that a test starts as well.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("local", deadline=None, max_examples=60)
settings.register_profile(
    "ci",
    deadline=None,  # a shared machine may pause anywhere
    max_examples=60,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "local")


# where the user's own vault, settings and keychain would be found
PERSONAL = (
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
)


@pytest.fixture(autouse=True, scope="session")
def has_a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("home")
    own = [name for name in os.environ if name in PERSONAL or name.startswith("LOOPI_")]
    with pytest.MonkeyPatch.context() as surroundings:
        for name in own:
            surroundings.delenv(name)
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
            surroundings.setenv(name, str(home))
        yield


@pytest.fixture(autouse=True)
def stays_on_this_machine() -> Iterator[None]:
    network_guard.take_violations()
    yield
    violations = network_guard.take_violations()
    assert not violations, f"Only loopback may be used: {violations}"


@pytest.fixture
def server() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make captured text fit to be sent between processes: a test may log half a surrogate pair."""
    report = yield
    report.sections = [
        (title, text.encode("utf-8", "backslashreplace").decode("utf-8")) for title, text in report.sections
    ]
    return report


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for all tests of a process: beside its loop there can be no second one."""
    with sync_playwright() as playwright:
        yield playwright
