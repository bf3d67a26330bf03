"""Message templates: records of what a provider approves, with the parameters that a flow fills in."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, known, new_slug, note, there
from builder_ui.api.shapes import Body, Language, Name, Shape, Text
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid
from flowengine.crm.uses import retire
from flowengine.store import templates as store
from flowengine.store.unit import Unit

templates = APIBlueprint("templates", __name__, tag="Account")

Category = Literal["marketing", "utility", "authentication"]
Status = Literal["draft", "pending", "approved", "paused", "rejected"]
Line = Annotated[Text, Field(max_length=60)]  # WhatsApp: 60 characters in header and footer (Message templates)
Message = Annotated[Text, Field(min_length=1, max_length=1024)]  # WhatsApp: 1,024 characters
_PLACE = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")


class Button(Body):
    """A button; `value` is the address, the number or the code, empty for a plain reply."""

    kind: Literal["reply", "url", "phone", "code"]
    text: Annotated[Text, Field(min_length=1, max_length=25)]
    value: Annotated[Text, Field(max_length=2000)] = ""


class Parameter(Body):
    """What stands as {{name}} in header or body, with an example for whoever approves it."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,64}$")]
    example: Annotated[Text, Field(max_length=200)] = ""


Buttons = Annotated[list[Button], Field(max_length=10)]
Parameters = Annotated[list[Parameter], Field(max_length=50)]


class NewTemplate(Body):
    """A template; without a slug it gets one from its name."""

    slug: NewSlug | None = None
    name: Name
    channel: str | None = Field(None, description="The key of the channel it was approved for.")
    language: Language = "pt-BR"
    category: Category = "utility"
    status: Status = "draft"
    header: Line = ""
    body: Message
    footer: Line = ""
    buttons: Buttons = []
    parameters: Parameters = []


class ChangedTemplate(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    channel: str | None = None
    language: Language = LEFT_OUT
    category: Category = LEFT_OUT
    status: Status = LEFT_OUT
    header: Line = LEFT_OUT
    body: Message = LEFT_OUT
    footer: Line = LEFT_OUT
    buttons: Buttons = LEFT_OUT
    parameters: Parameters = LEFT_OUT


class Template(Shape):
    """A template as it is."""

    slug: str
    name: str
    channel: str | None
    language: str
    category: Category
    status: Status
    header: str
    body: str
    footer: str
    buttons: list[dict[str, Any]]
    parameters: list[dict[str, Any]]


class Templates(Shape):
    """By name."""

    templates: list[Template]


@templates.get("/templates")
@allowed("see texts")
@templates.output(Templates)
def list_templates() -> Any:
    """All templates of the account."""
    with reading(me().account_id) as unit:
        return {"templates": [_shown(unit, each) for each in unit.templates.all()]}


@templates.post("/templates")
@allowed("edit texts")
@templates.input(NewTemplate)
@templates.output(Template, status_code=201)
def create(json_data: NewTemplate) -> Any:
    """A new template."""
    new = json_data.model_dump(exclude={"slug"})
    _hold_together(new)
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.templates.free)
        made = unit.templates.add(slug, **_by_ids(unit, new))
        note(unit, "template", slug, "created")
        return _shown(unit, made)


@templates.patch("/templates/<slug>")
@allowed("edit texts")
@templates.input(ChangedTemplate)
@templates.output(Template)
def change(slug: str, json_data: ChangedTemplate) -> Any:
    """Another text, another status …"""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.templates.named(slug), slug)
        shown = _shown(unit, now)
        _hold_together({**shown, **new})
        if not new:
            return shown
        changed = there(unit.templates.change(now.slug, **_by_ids(unit, new)))
        note(unit, "template", now.slug, "changed", new)
        return _shown(unit, changed)


@templates.delete("/templates/<slug>")
@allowed("edit texts")
@templates.input(Removal, location="query")
@templates.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; where it is used a successor takes its place, or it stays."""
    with writing(me().account_id) as unit:
        now = there(unit.templates.named(slug), slug)
        retire(unit, "template", now.slug, query_data.successor)
        unit.templates.remove(now.slug)
        note(unit, "template", now.slug, "removed", successor=query_data.successor)
    return ""


def _hold_together(template: dict[str, Any]) -> None:
    """422 unless header and body have a place for each parameter, and no others."""
    places = set(_PLACE.findall(template["header"])) | set(_PLACE.findall(template["body"]))
    names = [parameter["name"] for parameter in template["parameters"]]
    if len(names) != len(set(names)):
        raise Invalid("Two parameters have the same name.", detail={"pointer": "/parameters"})
    if set(names) != places:
        odd = ", ".join(sorted(set(names) ^ places))
        raise Invalid(f"Header and body must have each parameter, and no other: {odd}.", detail={"pointer": "/body"})


def _by_ids(unit: Unit, template: dict[str, Any]) -> dict[str, Any]:
    if "channel" not in template:
        return template
    rest = {name: value for name, value in template.items() if name != "channel"}
    key = template["channel"]
    channel = None if key is None else known(unit.channels.by_key(key), "/channel", f"channel {key!r}")
    return {**rest, "channel_id": None if channel is None else channel.id}


def _shown(unit: Unit, template: store.Template) -> dict[str, Any]:
    channel = unit.channels.get(template.channel_id) if template.channel_id else None
    return {
        "channel": channel.key if channel else None,
        **{name: getattr(template, name) for name in Template.model_fields if name != "channel"},
    }
