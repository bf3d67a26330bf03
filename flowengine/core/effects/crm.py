"""Effects on what the account knows: contacts, deals, tags, tasks, notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from flowengine.core.effects.order import Order


class UpdateContact(Order, frozen=True):
    """Change a field of the contact; later nodes of the same turn see it.

    `field` is `name`, `email`, `phone`, `language`, `timezone`, `score`, or `fields.<slug>` for one of the account's.
    `add` and `remove` are for lists, `increment` for numbers (negative: less).
    """

    kind: ClassVar[str] = "update_contact"
    field: str = ""
    value: Any = None
    op: Literal["set", "clear", "add", "remove", "increment"] = "set"


class ChangeTags(Order, frozen=True):
    """Put tags on, or take them off."""

    kind: ClassVar[str] = "change_tags"
    on: Literal["contact", "conversation", "deal"] = "contact"
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class SetConsent(Order, frozen=True):
    """The contact agrees (`in`) or no longer agrees (`out`) to messages of this kind of channel; None: of all."""

    kind: ClassVar[str] = "set_consent"
    channel: str | None = None
    state: Literal["in", "out"] = "in"


class AssignOwner(Order, frozen=True):
    """Who is responsible for the contact or the deal: a user, or one of a team in turn or with the least open talks."""

    kind: ClassVar[str] = "assign_owner"
    of: Literal["contact", "deal"] = "contact"
    how: Literal["user", "team_rotation", "least_open", "nobody"] = "user"
    user: str | None = None
    team: str | None = None


class AddNote(Order, frozen=True):
    """A note that only the account's people see."""

    kind: ClassVar[str] = "add_note"
    text: str = ""
    on: Literal["contact", "conversation", "deal"] = "contact"


class CreateDeal(Order, frozen=True):
    """A new deal of the contact, which the run's later nodes act upon."""

    kind: ClassVar[str] = "create_deal"
    pipeline: str = ""
    stage: str = ""
    title: str = ""
    value: float | None = None
    owner: str | None = None
    fields: Mapping[str, Any] = {}


class UpdateDeal(Order, frozen=True):
    """Change a field of the deal: `title`, `value`, `expected_on`, or `fields.<slug>`; ops as for contacts."""

    kind: ClassVar[str] = "update_deal"
    field: str = ""
    value: Any = None
    op: Literal["set", "clear", "add", "remove", "increment"] = "set"


class MoveDeal(Order, frozen=True):
    """To a stage, of the same pipeline or another; won and lost carry a reason."""

    kind: ClassVar[str] = "move_deal"
    pipeline: str = ""
    stage: str = ""
    reason: str | None = None


class CloneDeal(Order, frozen=True):
    """A copy of the deal in this stage; `keep` are the associations that come along, `overrides` its new values."""

    kind: ClassVar[str] = "clone_deal"
    pipeline: str = ""
    stage: str = ""
    keep: tuple[str, ...] = ()
    overrides: Mapping[str, Any] = {}


class CreateTask(Order, frozen=True):
    """Something for a person to do; `due` is an ISO moment, or None."""

    kind: ClassVar[str] = "create_task"
    title: str = ""
    description: str = ""
    due: str | None = None
    user: str | None = None
    team: str | None = None
    on: Literal["contact", "deal"] = "contact"
