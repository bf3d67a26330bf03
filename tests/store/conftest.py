"""Accounts for the store's tests."""

import pytest
from sqlalchemy import Engine

from tests.offices import Office, furnish


@pytest.fixture
def office(engine: Engine) -> Office:
    return furnish(engine)


@pytest.fixture
def neighbour(engine: Engine) -> Office:
    """Another account in the same database."""
    return furnish(engine, "vizinho")
