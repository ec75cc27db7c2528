"""What holds for every test: no network but loopback, and property tests that repeat in CI."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

import network_guard

network_guard.install()

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


@pytest.fixture(autouse=True)
def stays_on_this_machine() -> Iterator[None]:
    network_guard.take_violations()
    yield
    violations = network_guard.take_violations()
    assert not violations, f"Only loopback may be used: {violations}"
