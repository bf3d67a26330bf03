"""/api/v1: one module per resource, OpenAPI from the same declarations."""

from __future__ import annotations

from apiflask import APIFlask
from flask import request

from builder_ui.api import conversations, flows, messages, node_types, references, session, teams
from builder_ui.problems import Refused

PREFIX = "/api/v1"


def register(app: APIFlask) -> None:
    """Put the resources under their prefix."""
    resources = (
        session.session,
        node_types.node_types,
        references.references,
        flows.flows,
        conversations.conversations,
        messages.messages,
        teams.teams,
    )
    for resource in resources:
        resource.before_request(_json_only)
        app.register_blueprint(resource, url_prefix=PREFIX)


def _json_only() -> None:
    """A body is JSON; anything else would be read as if it were."""
    if request.content_length and not request.is_json:
        raise Refused(415, "Send JSON: Content-Type: application/json.")
