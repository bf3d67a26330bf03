"""All resources of the API, put under their prefix."""

from __future__ import annotations

import re

from apiflask import APIFlask
from flask import request

from builder_ui.api.ai import ai
from builder_ui.api.aliases import aliases
from builder_ui.api.answers import answers
from builder_ui.api.bundles import bundles
from builder_ui.api.channels import channels
from builder_ui.api.constants import constants
from builder_ui.api.contacts import contacts
from builder_ui.api.contacts_data import contacts_data
from builder_ui.api.conversation_tags import conversation_tags
from builder_ui.api.conversations import conversations
from builder_ui.api.diffs import diffs
from builder_ui.api.draft_tests import draft_tests
from builder_ui.api.fields import fields
from builder_ui.api.files import files
from builder_ui.api.flow_folders import flow_folders
from builder_ui.api.flows import flows
from builder_ui.api.hours import hours
from builder_ui.api.messages import messages
from builder_ui.api.moving import moving
from builder_ui.api.node_types import node_types
from builder_ui.api.onlookers import onlookers
from builder_ui.api.password import password
from builder_ui.api.paths import paths
from builder_ui.api.people_in_flows import people_in_flows
from builder_ui.api.pipelines import pipelines
from builder_ui.api.points import points
from builder_ui.api.portfolios import portfolios
from builder_ui.api.ready_made import ready_made
from builder_ui.api.reasons import reasons
from builder_ui.api.references import references
from builder_ui.api.results import results
from builder_ui.api.retracing import retracing
from builder_ui.api.rollbacks import rollbacks
from builder_ui.api.secrets import secrets
from builder_ui.api.segments import segments
from builder_ui.api.session import session
from builder_ui.api.snippets import snippets
from builder_ui.api.stopping import stopping
from builder_ui.api.stored_files import stored_files
from builder_ui.api.stories import stories
from builder_ui.api.tags import tags
from builder_ui.api.team_settings import team_settings
from builder_ui.api.teams import teams
from builder_ui.api.templates import templates
from builder_ui.api.trials import trials
from builder_ui.api.unheard import unheard
from builder_ui.api.users import users
from builder_ui.api.uses import uses
from builder_ui.body_limits import UPLOAD
from builder_ui.problems import Refused
from flowengine.core.errors import Invalid

PREFIX = "/api/v1"
RESOURCES = (
    *(session, password),
    *(trials, files, stored_files, onlookers),
    *(node_types, ready_made, references, uses, flows, points, rollbacks, stories, diffs, bundles),
    *(
        draft_tests,
        results,
        paths,
        unheard,
        answers,
        people_in_flows,
        moving,
        retracing,
        stopping,
        flow_folders,
        channels,
    ),
    *(conversations, conversation_tags, messages, teams),
    *(contacts, contacts_data, tags, fields, segments, portfolios),
    *(team_settings, hours, users, templates, snippets, pipelines, reasons, constants, aliases, secrets, ai),
)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # PostgreSQL: neither text nor JSONB can hold it


def register(app: APIFlask) -> None:
    """Put the resources under their prefix."""
    app.before_request(_json_only)
    for resource in RESOURCES:
        app.register_blueprint(resource, url_prefix=PREFIX)


def _json_only() -> None:
    """A body is JSON, or a file; anything else would be read as if it were."""
    has_body = request.content_length or "Transfer-Encoding" in request.headers
    if not request.path.startswith(PREFIX) or not has_body or request.endpoint == UPLOAD:
        return
    if not request.is_json:
        raise Refused(415, "Send JSON: Content-Type: application/json.")
    if _NUL.search(request.get_data()):
        raise Invalid("U+0000 cannot be stored.", detail={"pointer": ""})
