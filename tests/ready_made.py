"""The account in which the ready-made flows are to live: just what flows/README.md says each of them needs."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from flowengine.channels.declared import declared
from flowengine.core.check import Account

FLOWS = Path(__file__).parents[1] / "flows"
FILES = sorted(path for path in FLOWS.glob("*.json") if not path.name.endswith(".stories.json"))
TODAY = datetime(2026, 1, 5, 13, tzinfo=UTC)

_ROW = re.compile(r"^\| \[.*\]\((?P<file>[a-z-]+)\.json\) \| (?P<kind>\w+) \| (?P<needs>.*) \|$", re.MULTILINE)
_NEED = re.compile(r"(\w+) ((?:`[^`]+`(?:, )?)+)")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def stories_of(path):
    return read(path.with_name(f"{path.stem}.stories.json"))


def table():
    """What each flow needs, by the name of its file and then by kind."""
    rows = _ROW.finditer((FLOWS / "README.md").read_text(encoding="utf-8"))
    return {
        row["file"]: {kind: set(re.findall(r"`([^`]+)`", slugs)) for kind, slugs in _NEED.findall(row["needs"])}
        for row in rows
    }


def account_for(path):
    """Everything that the table lists for this flow and nothing else, with a web chat and a WhatsApp number.

    Templates have the parameters that the stories know of them.
    """
    kinds = (
        "team",
        "user",
        "tag",
        "field",
        "deal_field",
        "segment",
        "pipeline",
        "stage",
        "template",
        "channel",
        "flow",
    )
    needs = table()[path.stem]
    templates = stories_of(path).get("world", {}).get("templates", {})
    return Account(
        references={
            kind: {slug: _facts(kind, slug, templates) for slug in needs.get(kind, ())}
            for kind in (*kinds, "secret", "portfolio", "reason", "snippet", "ai", "constant")
        },
        channels=[declared(kind, kind) for kind in ("webchat", "whatsapp")],
        hours={"account": None, "team:vendas": None, "team:suporte": None},
        flows={read(other)["key"]: read(other) for other in FILES if other != path},
        now=TODAY,
    )


def _facts(kind, slug, templates):
    more = {"team": {"members": 2}, "template": {"status": "approved", **templates.get(slug, {})}}
    return {"name": slug, **more.get(kind, {})}
