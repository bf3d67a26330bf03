"""The filters and tests of authors' templates: all that may stand behind a | or an `is`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowengine.core.filters.date import DATE_FILTERS
from flowengine.core.filters.document import DOCUMENT_FILTERS
from flowengine.core.filters.number import NUMBER_FILTERS
from flowengine.core.filters.shown import shown
from flowengine.core.filters.text import TEXT_FILTERS

__all__ = ["FILTERS", "TESTS", "shown"]

FILTERS: Mapping[str, Callable[..., Any]] = {**TEXT_FILTERS, **NUMBER_FILTERS, **DATE_FILTERS, **DOCUMENT_FILTERS}

TESTS = ("defined", "undefined", "none", "number", "string", "boolean", "even", "odd", "in", "eq", "ne", "lt", "gt")
