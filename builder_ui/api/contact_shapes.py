"""What goes in and out of the contacts' resource."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT
from builder_ui.api.shapes import Body, Named, Query, Shape, Slug, Text
from builder_ui.api.talks import Past

State = Literal["in", "out"]
Value = Annotated[Text, Field(max_length=1000)]
Slugs = Annotated[list[Slug], Field(max_length=100)]


class Page(Query):
    """`q` stands in the name, the e-mail address or the phone number."""

    q: Annotated[Text, Field(max_length=200)] = ""
    cursor: UUID | None = None
    most: Annotated[int, Field(ge=1, le=200)] = 50


class Tagging(Body):
    """Tags to put on, and to take off."""

    add: Slugs = []
    remove: Slugs = []


class Changed(Body):
    """What is to be different; null clears it. `fields` by slug; `consent` by kind of channel."""

    name: Value | None = None
    email: Value | None = None
    phone: Value | None = None
    language: Value | None = None
    timezone: Value | None = None
    score: int | None = None
    fields: dict[str, Any] = LEFT_OUT
    tags: Tagging = LEFT_OUT
    consent: dict[str, State] = LEFT_OUT
    owner: Slug | None = None


class NewIdentity(Body):
    """Who the contact is on a channel, by the channel's key."""

    channel: Annotated[Text, Field(min_length=1, max_length=100)]
    external_id: Annotated[Text, Field(min_length=1, max_length=200)]


class NewNote(Body):
    """A remark that only the account's people see."""

    text: Annotated[Text, Field(max_length=8000)]


class Person(Shape):
    """A user by slug, as documents name them."""

    slug: str
    name: str


class Row(Shape):
    """A contact in the list."""

    id: UUID
    name: str
    email: str | None
    phone: str | None
    score: int
    tags: list[str]
    owner: Person | None
    created_at: datetime
    last_seen_at: datetime | None


class Rows(Shape):
    """Newest first; `next` is the cursor of what follows."""

    contacts: list[Row]
    next: UUID | None


class Identity(Shape):
    """Who the contact is on a channel."""

    id: UUID
    channel: str = Field(description="The channel's key.")
    kind: str
    external_id: str
    name: str | None


class Said(Shape):
    """What the contact wants to get, since when, and where that was said."""

    channel: str = Field(description="A kind of channel.")
    state: State
    source: str
    by: Named | None
    at: datetime


class Note(Shape):
    """A remark; nobody's where a flow wrote it."""

    id: UUID
    text: str
    by: Named | None
    at: datetime


class Portfolio(Shape):
    """A portfolio that the contact is in."""

    slug: str
    name: str
    kind: Literal["one", "several"]


class Contact(Row):
    """A contact with all that is known; notes newest first, of conversations those that whoever asks may see."""

    language: str | None
    timezone: str | None
    fields: dict[str, Any]
    consent: dict[str, State]
    consents: list[Said]
    identities: list[Identity]
    notes: list[Note]
    portfolios: list[Portfolio]
    conversations: list[Past]
