"""How flows, their versions and what is wrong with them look from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from builder_ui.api.shapes import Body, ChannelRef, Finding, Name, Named, Shape, Slug

Document = dict[str, Any]  # schemas/flow.schema.json; a draft may still be wrong, its findings say so
Kind = Literal["chatbot", "sequence", "contact_automation", "deal_automation"]


class NewFlow(Body):
    """What makes a flow; without a document it begins with a trigger alone."""

    name: Name
    kind: Kind = "chatbot"
    document: Document | None = None


class Draft(Body):
    """A draft over the revision it was made from."""

    document: Document
    revision: int = Field(ge=1)


class Check(Body):
    """Any document, saved or not."""

    document: Document


class Publication(Body):
    """Make the draft of this revision the live version; warnings need accepting."""

    revision: int = Field(ge=1)
    note: Annotated[str, Field(max_length=1000)] = ""
    accept_warnings: bool = False


class Again(Body):
    """Publish an earlier version again; its warnings were accepted when it was published first."""

    note: Annotated[str, Field(max_length=1000)] = ""


class Channels(Body):
    """All channels on which the flow is to answer, by their keys."""

    channels: Annotated[list[str], Field(max_length=100)]


class LiveShort(Shape):
    """The live version in a list."""

    number: int
    published_at: datetime


class Row(Shape):
    """A flow in the list; the counts are of runs begun in the last seven days."""

    id: UUID
    key: Slug
    name: str
    kind: str
    nodes: int
    live: LiveShort | None
    draft_differs: bool
    channels: list[ChannelRef]
    runs_7d: int
    completed_7d: int
    failed_7d: int
    updated_at: datetime
    updated_by: Named | None


class Rows(Shape):
    """All flows, last changed first."""

    flows: list[Row]


class Version(Shape):
    """A version without its document."""

    number: int
    hash: str
    note: str
    published_at: datetime
    published_by: Named | None


class VersionWithDocument(Version):
    """A version; it never changes."""

    document: Document


class Versions(Shape):
    """Newest first."""

    versions: list[Version]


class Findings(Shape):
    """What the checker says."""

    findings: list[Finding]


class Flow(Shape):
    """A flow as the builder edits it. `changes` counts how the draft differs from what is live."""

    id: UUID
    key: Slug
    name: str
    kind: str
    document: Document
    origin: dict[str, Any] | None = Field(
        description="The master of a copy: account, flow, version, hash, when; null where it was drawn here."
    )
    revision: int
    live: Version | None
    draft_differs: bool
    changes: int
    findings: list[Finding]
    channels: list[ChannelRef]


class Saved(Shape):
    """What a save has made of the draft."""

    revision: int
    saved_at: datetime
    draft_differs: bool
    changes: int
    findings: list[Finding]


class Published(Shape):
    """The version that is live now."""

    number: int
    hash: str
    published_at: datetime


class Bound(Shape):
    """The channels on which the flow answers."""

    channels: list[ChannelRef]
