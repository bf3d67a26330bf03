"""How flows, their versions and what is wrong with them look from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from builder_ui.api.shapes import Body, ChannelRef, Finding, Name, Named, Query, Shape, Slug, Text

Document = dict[str, Any]  # schemas/flow.schema.json; a draft may still be wrong, its findings say so
Kind = Literal["chatbot", "sequence", "contact_automation", "deal_automation"]
Hours = Literal["always", "inside", "outside"]
Id = Annotated[UUID, BeforeValidator(lambda value: UUID(value) if isinstance(value, str) else value)]
FlowTag = Annotated[Text, Field(min_length=1, max_length=40, pattern=r"^[^\s,](?:[^,\x00]*[^\s,])?$")]
FlowTags = Annotated[list[FlowTag], Field(max_length=20)]


class NewFlow(Body):
    """What makes a flow; without a document it begins with a trigger alone. Its kind is the document's own."""

    name: Name
    kind: Kind | None = Field(None, description="Left out: the document's, else a chatbot.")
    document: Document | None = None
    folder: Id | None = None
    tags: FlowTags = []


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


class ChannelUse(ChannelRef):
    """A channel on which a flow answers: when, to any message or not, and the channel's own keywords for it."""

    hours: Hours
    any_message: bool
    keywords: list[str]


class Folder(Shape):
    """A folder of the list."""

    id: UUID
    name: str


class Wanted(Query):
    """Which flows are listed."""

    archived: bool = False


class Row(Shape):
    """A flow in the list; the counts are of runs begun in the last seven days.

    `runs_by_day` and `failed_by_day` are those of the last thirty days of the account's clock, today last.
    """

    id: UUID
    key: Slug
    name: str
    kind: str
    nodes: int
    live: LiveShort | None
    stopped_at: datetime | None
    draft_differs: bool
    channels: list[ChannelUse]
    folder: UUID | None
    tags: list[str]
    runs_7d: int
    completed_7d: int
    failed_7d: int
    runs_by_day: list[int]
    failed_by_day: list[int]
    updated_at: datetime
    updated_by: Named | None


class Rows(Shape):
    """All flows, last changed first, the folders they lie in, and how many are in the archive."""

    flows: list[Row]
    folders: list[Folder]
    archived: int


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
    stopped_at: datetime | None = Field(description="Since when nobody begins it; null: it begins where it is bound.")
    draft_differs: bool
    changes: int
    findings: list[Finding]
    channels: list[ChannelUse]


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

    channels: list[ChannelUse]
