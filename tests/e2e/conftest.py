"""One installation a test process, shared by the tests that leave it whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.installation import Installation


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data: Path = tmp_path_factory.mktemp("installation") / "data"
    running = Installation(data)
    yield running
    running.stop()
