"""One installation a test process, shared by the tests that leave it whole; one browser a file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import chromium
from tests.e2e.installation import Installation
from tests.servers import open_folder

expect.set_options(timeout=20_000)  # ms; a machine that has much to do draws slowly, and is not wrong


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with open_folder() as folder:
        running = Installation(folder / "data")
        yield running
        running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of one file; whoever they play gets a context of their own."""
    with chromium() as browser:
        yield browser
