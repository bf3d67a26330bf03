"""An account whose people are at their desks."""

import pytest
from sqlalchemy import Engine

from tests.offices import Office, furnish


@pytest.fixture
def office(engine: Engine) -> Office:
    return furnish(engine)
