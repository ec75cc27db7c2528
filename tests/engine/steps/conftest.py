from collections.abc import Iterator

import pytest

from servers.x_api import XServer
from servers.x_run import XRun, x_run


@pytest.fixture
def run(x: XServer) -> Iterator[XRun]:
    with x_run(x.url) as made:
        yield made
