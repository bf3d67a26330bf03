"""What an installation keeps of a talk: which rows of the model's, and what differs in a copy of them.

Values are SQL of `talk` (k, at, contact, identity, conversation, run) and of the row `t` that is copied.
"""

from __future__ import annotations

from flowengine.bench.copies import Ids, run_values

OFFSET = 1_000_000  # past the positions of what the model itself was told
_LATER = "talk.at + t.place * interval '5 seconds'"
# As far into the talk as in the model's, so that a message has the same id wherever it is named.
_MESSAGE = "pg_temp.made(talk.at + (time_of({id}) - time_of('{run}')), 'message ' || k || ' ' || {id})"
_ROW = f"pg_temp.made({_LATER}, '%s ' || k || ' ' || t.place)"


def of_talk(of: Ids) -> list[tuple[str, str, dict[str, str]]]:
    """(table, which rows of the model, values): what is kept of a talk that is over."""
    said = f"t.conversation_id = '{of.conversation}'"
    talk = {
        "id": "conversation",
        "contact_id": "contact",
        "identity_id": "identity",
        **dict.fromkeys(("opened_at", "updated_at", "last_message_at", "last_inbound_at"), "talk.at"),
        **dict.fromkeys(("finished_at",), "talk.at + interval '1 minute'"),
    }
    message = {
        "id": _MESSAGE.format(id="t.id", run=of.run),
        "conversation_id": "conversation",
        "contact_id": "contact",
        "identity_id": "identity",
        "provider_id": "t.provider_id || ' ' || k",
        "in_reply_to": "t.in_reply_to || ' ' || k",
        "effect_id": f"replace(t.effect_id, '{of.run}', run::text)",
        "run_id": "case when t.run_id is not null then run end",
        "created_at": _LATER,
        "status_at": _LATER,
    }
    return [
        ("conversation", f"t.id = '{of.conversation}'", talk),
        ("conversation_event", said, {"id": _ROW % "event", "conversation_id": "conversation", "at": _LATER}),
        (
            "run",
            f"t.id = '{of.run}'",
            {**run_values(of), "started_at": "talk.at", "ended_at": "talk.at + interval '1 minute'"},
        ),
        ("turn", f"t.run_id = '{of.run}'", {"run_id": "run", "at": _LATER}),
        ("message", said, message),
    ]


def of_late(of: Ids) -> list[tuple[str, str, dict[str, str], str]]:
    """(table, which rows of the model, values, for how long): what is kept of a talk for a while."""
    said = f"select id from message m where m.conversation_id = '{of.conversation}'"
    written = f"select provider_id from message m where m.conversation_id = '{of.conversation}' and direction = 'in'"
    return [
        (
            "seen",
            f"t.provider_id in ({written})",
            {"provider_id": "t.provider_id || ' ' || k", "event_id": _ROW % "seen", "at": _LATER},
            "30 days",
        ),
        (
            "outgoing",
            f"t.message_id in ({said})",
            {
                "message_id": _MESSAGE.format(id="t.message_id", run=of.run),
                "identity_id": "identity",
                "position": f"nextval('sent') + {OFFSET}",
                "at": _LATER,
            },
            "30 days",
        ),
        (
            "live_event",
            f"t.ref ->> 'conversation' = '{of.conversation}' or t.ref ->> 'id' = '{of.conversation}'",
            {
                "id": _ROW % "told",
                "position": f"nextval('told') + {OFFSET}",
                "ref": f"replace(t.ref::text, '{of.conversation}', conversation::text)::jsonb",
                "at": _LATER,
            },
            "2 days",
        ),
        (
            "happened",
            f"t.lane_id = '{of.contact}'",
            {"id": _ROW % "fact", "lane_id": "contact", "at": _LATER},
            "400 days",
        ),
    ]
