"""How what is tried before a flow runs, and what came of it, look from outside."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from builder_ui.api.shapes import Body, Shape, Words


class Example(Body):
    """For whom it is tried: a contact of the account, else one made up as a story's world says (absent: the usual).

    `known` are variables, and `answers` what steps before this one left behind.
    """

    contact: str | None = Field(None, pattern=r"^[0-9a-f-]{36}$")
    world: dict[str, Any] = {}
    known: dict[str, Any] = {}
    answers: dict[str, Any] = {}


class Tried(Body):
    """What is common: the flow's language and variables as they are drawn now."""

    language: Literal["pt-BR", "en", "es"] = "pt-BR"
    variables: Annotated[list[dict[str, Any]], Field(max_length=200)] = []
    example: Example = Field(default_factory=lambda: Example(contact=None))


class ToPreview(Tried):
    """A template text."""

    text: Annotated[str, Field(max_length=8000)]


class ToTry(Tried):
    """A step that calls an address, as it is drawn now."""

    step: dict[str, Any]


class Preview(Shape):
    """The text as it would be sent; `lacks` are the names in it that nothing is known of. Or what is wrong with it."""

    text: str | None
    lacks: list[str] = []
    wrong: Words | None = None


class Sent(Shape):
    """The request, without what the secret adds to it."""

    method: str
    url: str
    headers: dict[str, str]
    query: dict[str, str]
    body: Any
    secret: str | None = Field(None, description="The name of the secret that went with it.")


class Came(Shape):
    """What came back. `reason` says why nothing did: timeout, refused (the guard or the secret), unknown.

    `port` is the way that the step would take, `sets` the variables it would set; `lacks` as in a preview. `cut`: the
    answer was longer than a flow reads.
    """

    sent: Sent
    ok: bool
    status: int
    reason: str
    error: str
    headers: dict[str, str]
    body: Any
    size: int
    cut: bool
    milliseconds: int
    lacks: list[str]
    port: str | None
    sets: dict[str, Any]
