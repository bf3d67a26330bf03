"""One installation a test process, shared by the tests that leave it whole."""

from collections.abc import Iterator

import pytest

from tests.e2e.installation import Installation
from tests.servers import open_folder


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with open_folder() as folder:
        running = Installation(folder / "data")
        yield running
        running.stop()
