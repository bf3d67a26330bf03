"""`update_contact`: changes fields of the contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.effects import UpdateContact
from flowengine.core.events import Event
from flowengine.core.field_changes import FieldChange, decide
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    changes: tuple[FieldChange, ...]


def read(params: Mapping[str, Any]) -> Params:
    return Params(FieldChange.read_all(params["changes"]))


def enter(params: Params, context: Context) -> Step:
    decided, why = decide(params.changes, context)
    return Go("next", tuple(UpdateContact(each.field, each.value, each.op) for each in decided), why=why)


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
