"""Installations of their own for tests that start, kill and stop servers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flowengine import embedded
from tests import servers


@pytest.fixture
def stopping() -> Iterator[Callable[[Path], Path]]:
    """Note a data folder whose servers shall not outlive the test, whatever happens in it."""
    noted: list[Path] = []

    def note(data: Path) -> Path:
        noted.append(data)
        return data

    yield note
    for data in noted:
        places = embedded.make_places(data)
        embedded.stop_valkey(places)
        embedded.stop_postgres(places)
        for elsewhere in {places.servers, places.sockets}:
            if not elsewhere.is_relative_to(data):
                shutil.rmtree(elsewhere, ignore_errors=True)  # the one may lie in the other


@pytest.fixture
def folder() -> Iterator[Path]:
    with servers.open_folder() as folder:
        yield folder


@pytest.fixture
def data(folder: Path, stopping: Callable[[Path], Path]) -> Path:
    """A data folder that is not there yet."""
    return stopping(folder / "data")
