"""A step or a text of a draft tried for one contact, a real one or one made up: what a run would see of them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from builder_ui.api.drafts import beginning
from builder_ui.rehearsing import world_of as made_up_world
from flowengine.core.errors import NotFound
from flowengine.core.events import MessageReceived
from flowengine.core.program import compile_flow
from flowengine.core.steps import World
from flowengine.core.stories.surroundings import surroundings_of
from flowengine.core.trial import Trial
from flowengine.nodes import NODE_TYPES, read_flow
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit
from flowengine.turns.about_contact import names_of
from flowengine.turns.world import world_of


def trial_of(
    unit: Unit,
    flow: Flow,
    *,
    step: Mapping[str, Any] | None,
    language: str,
    variables: Sequence[Mapping[str, Any]],
    contact: UUID | None,
    made_up: Mapping[str, Any],
    known: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> Trial:
    """The step alone, in a flow with this language and these variables; without one, a place where texts are read.

    What else the draft holds does not count, so that a step can be tried while others are half drawn. InvalidFlow where
    the step itself is none; NotFound where there is no such contact.
    """
    document = beginning(
        kind=flow.kind, key=flow.key, name=flow.name, language=language, default_team=unit.teams.default().slug
    )
    nodes = document["nodes"] + ([{"label": "", "position": {"x": 0, "y": 0}, **step}] if step else [])
    program = compile_flow(read_flow({**document, "nodes": nodes, "variables": list(variables)}), NODE_TYPES)
    world = _made_up(unit, language, made_up) if contact is None else _real(unit, contact)
    event = MessageReceived("trial", unit.now)
    return Trial(program, step["id"] if step else "", event, world, variables=known, answers=answers)


def _real(unit: Unit, contact_id: UUID) -> World:
    """As a turn sees the contact: in their latest conversation, where they have had one."""
    contact = unit.contacts.get(contact_id)
    if contact is None:
        raise NotFound("There is no such contact.")
    account = unit.accounts.read()
    for talk in unit.conversations.of_contact(contact_id, most=1):
        channel = unit.channels.get(talk.channel_id)
        if channel is not None:
            return world_of(account, contact, channel, talk, unit.around.of(talk.id, talk.team_id))
    return World(
        contact=names_of(contact, account.settings.get("aliases", {})),
        account={
            "name": account.name,
            "language": account.language,
            "timezone": account.timezone,
            "vars": account.settings.get("vars", {}),
        },
    )


def _made_up(unit: Unit, language: str, given: Mapping[str, Any]) -> World:
    """As a story's world is read."""
    around = surroundings_of(made_up_world(unit, given))
    talk = {"state": "bot", "priority": "normal", "tags": []}
    return around.world(language=language, contact=around.contact, deal=around.deal, conversation=talk)
