"""Copies between accounts: flows or nodes with what they name, made, read, looked at, mapped and pasted."""

from flowengine.core.bundle.looking import Things, look
from flowengine.core.bundle.making import (
    Definition,
    Gathered,
    Key,
    Master,
    bundle_text,
    files_named,
    gather,
    write_bundle,
)
from flowengine.core.bundle.mapping import Mapped, Plan, plan
from flowengine.core.bundle.reading import MOST_BYTES, Bundle, Copied, read_bundle
from flowengine.core.bundle.selection import Pasted, Selection, paste, select

__all__ = [
    "MOST_BYTES",
    "Bundle",
    "Copied",
    "Definition",
    "Gathered",
    "Key",
    "Mapped",
    "Master",
    "Pasted",
    "Plan",
    "Selection",
    "Things",
    "bundle_text",
    "files_named",
    "gather",
    "look",
    "paste",
    "plan",
    "read_bundle",
    "select",
    "write_bundle",
]
