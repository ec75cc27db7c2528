"""A second server, and a client that follows three redirects."""

from collections.abc import Iterator

import pytest

from engine.http.client import HttpClient
from engine.ports import Settings
from servers.echo import EchoServer


@pytest.fixture
def other() -> Iterator[EchoServer]:
    with EchoServer() as running:
        yield running


@pytest.fixture
def http() -> Iterator[HttpClient]:
    with HttpClient(Settings(max_redirects=3)) as client:
        yield client
