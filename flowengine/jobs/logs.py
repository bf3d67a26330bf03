"""What a process logs, as lines for people or as JSON for programs: FLOWENGINE_LOG is "text" or "json".

FLOWENGINE_LOG_LEVEL is "warning" unless said otherwise; at "info" there is a line a turn.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime

from flowengine.jobs.measures import Errors, measures
from flowengine.settings import BadSetting

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
FORM, LEVEL = "FLOWENGINE_LOG", "FLOWENGINE_LOG_LEVEL"
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
_NAMED = re.compile(r"(\w+)=%[sd]|%[sdr]")
_OURS = {"lane": "contact"}  # a lane's id is its contact's


class JsonLines(logging.Formatter):
    """One object a line. What a message names as `account=%s` is a field `account`, so that it can be searched for."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
            **named(record),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def named(record: logging.LogRecord) -> dict[str, object]:
    """The values that the message names: account, contact, run, turn, event, and others."""
    if not isinstance(record.args, tuple):
        return {}
    names = [match[1] for match in _NAMED.finditer(str(record.msg))]
    if len(names) != len(record.args):
        return {}
    values = zip(names, record.args, strict=True)
    return {_OURS.get(name, name): value if isinstance(value, int) else str(value) for name, value in values if name}


def log_as(environ: Mapping[str, str] = os.environ) -> None:
    """Set this process' log up, and have its errors counted; raises BadSetting. May be called again."""
    form = environ.get(FORM) or "text"
    if form not in ("text", "json"):
        raise BadSetting(FORM, f"must be text or json, not {form!r}")
    level = environ.get(LEVEL) or "warning"
    if level not in LEVELS:
        raise BadSetting(LEVEL, f"must be one of {', '.join(LEVELS)}, not {level!r}")
    for ours in ("flowengine", "builder_ui"):
        logging.getLogger(ours).setLevel(LEVELS[level])
    if any(isinstance(each, Errors) for each in logging.root.handlers):
        return
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(JsonLines() if form == "json" else logging.Formatter(TEXT))
    logging.root.addHandler(lines)
    logging.root.addHandler(Errors(measures))
