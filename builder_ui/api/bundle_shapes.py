"""What the API says of bundles: what is wanted, what an admin decides by, what has become of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, RootModel

from builder_ui.api.shapes import Body, Shape

Document = dict[str, Any]
Key = Annotated[str, Field(max_length=64)]
Thing = Annotated[str, Field(max_length=200)]


class Cut(Body):
    """Nodes of a flow, by their ids."""

    flow: Key
    ids: Annotated[list[Key], Field(min_length=1, max_length=2000)]


class Export(Body):
    """Flows by their keys (a folder is its list of flows), or nodes of one; the flows they call come along."""

    flows: Annotated[list[Key], Field(max_length=500)] = []
    nodes: Cut | None = None
    files: Annotated[
        Literal["links", "bytes"],
        Field(description="How files that they send go along: by a link for a day, or whole."),
    ] = "links"


class Bundle(RootModel[Document]):
    """As schemas/bundle.schema.json describes it."""


class Look(Body):
    """A bundle, as somebody pasted it."""

    bundle: Document


class Use(Body):
    """Take this one for it: its slug is kept as an alias."""

    use: Thing


class Create(Body):
    """Create it as the bundle defines it."""

    create: Literal[True]


class Leave(Body):
    """Leave it open; the checker then says so (F160)."""

    leave: Literal[True]


class Import(Body):
    """A bundle and what was decided about it, by "<kind>:<slug>"."""

    bundle: Document
    mapping: Annotated[dict[Thing, Use | Create | Leave], Field(max_length=5500)] = {}


class Clash(Shape):
    """The flow that has this key here."""

    key: str
    name: str


class CopiedFlow(Shape):
    """A flow of the bundle; where its key is taken it is added under the next one that is free."""

    key: str
    name: str
    kind: str
    nodes: int
    clash: Clash | None


class Candidate(Shape):
    """A thing of this account with the same name."""

    slug: str
    name: str


class UsedIn(Shape):
    """The flow ("" for cut-out nodes), and its nodes; null stands for its settings."""

    flow: str
    nodes: list[str | None]


class Found(Shape):
    """What this account has of a thing that the bundle names."""

    kind: str
    slug: str
    name: str
    found: Literal["same_slug", "same_name", "lacks"]
    here: str | None = Field(description="What the one with the same slug is called here.")
    alias_of: str | None
    candidates: list[Candidate]
    differs: list[str] = Field(description="Parts of its definition that are otherwise here.")
    can_create: bool
    used_in: list[UsedIn]


class Origin(Shape):
    """Where it comes from."""

    flows: list[dict[str, Any]]
    nodes_from: str


class SentFile(Shape):
    """A file that the flows send; where it is not `found` here it may come along."""

    hash: str
    name: str
    found: bool
    comes: bool


class Report(Shape):
    """What an admin decides by."""

    files: list[SentFile]

    origin: Origin
    flows: list[CopiedFlow]
    references: list[Found]
    nodes: int


class Added(Shape):
    """A flow that was added; it has a draft, and nothing of it is live."""

    id: UUID
    key: str
    name: str


class Imported(Shape):
    """What has become of it; `left` is still open."""

    flows: list[Added]
    created: list[str]
    aliases: dict[str, str]
    left: list[str]
