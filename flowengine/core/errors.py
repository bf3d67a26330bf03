"""The tree of errors, by whose mistake they are.

FlowEngineError
├── FlowError            the author's: ends the run at the node, shown in the builder
│   ├── BadTemplate      a template that cannot be compiled or rendered
│   ├── BadCondition     a condition that cannot be read or judged
│   ├── BadParameter     a JSON text or a path in it that cannot be read
│   └── StepLimit        a turn that walked in circles
├── InvalidFlow          the author's: a document that is no flow; carries the checker's findings
├── WorldError           the world's: retried by class, then an ordinary answer the flow decides on
│   ├── ChannelRefused   the channel said no, and would say so again
│   └── NoAnswer         nobody answered, or not in time
│       └── Unknown      … and what was sent may have arrived all the same
└── CallerError          the caller's: answered with words, changes nothing
    ├── NotAllowed       403
    ├── NotFound         404
    ├── Conflict         409
    └── Invalid          422

Anything else is ours: logged with the run, retried with a cap, shown to operators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class FlowEngineError(Exception):
    """The base; never raised itself."""


class FlowError(FlowEngineError):
    """The author's mistake. `code` is stable, `message` is for people, `node` is filled in by the interpreter."""

    code = "flow_error"

    def __init__(self, message: str, *, node: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.node = node


class BadTemplate(FlowError):
    """A template that cannot be compiled or rendered; `source` is the author's text, `words` say why by language."""

    code = "bad_template"

    def __init__(
        self, source: str, why: str, *, node: str | None = None, words: Mapping[str, str] | None = None
    ) -> None:
        shown = source if len(source) <= 80 else source[:79] + "…"
        super().__init__(f"template {shown!r}: {why}", node=node)
        self.source = source
        self.why = why
        self.words = dict(words or {"pt-BR": why, "en": why})


class BadCondition(FlowError):
    """A condition whose operand, operator or value cannot be used; `words` say why by language."""

    code = "bad_condition"

    def __init__(self, why: str, *, node: str | None = None, words: Mapping[str, str] | None = None) -> None:
        super().__init__(f"condition: {why}", node=node)
        self.words = dict(words or {"pt-BR": why, "en": why})


class BadParameter(FlowError):
    """What a node's params say in a small language of their own cannot be read; `words` say why by language."""

    code = "bad_parameter"

    def __init__(self, words: Mapping[str, str], *, node: str | None = None) -> None:
        super().__init__(words["en"], node=node)
        self.words = dict(words)


class StepLimit(FlowError):
    """A turn that passed more nodes than any sound flow needs between two waits."""

    code = "step_limit"


class InvalidFlow(FlowEngineError):
    """A document that is no flow; `findings` says what, where and how to mend it."""

    def __init__(self, findings: Sequence[Any]) -> None:
        super().__init__(f"not a flow: {len(findings)} finding(s)")
        self.findings = tuple(findings)


class WorldError(FlowEngineError):
    """The world did not do what was asked."""


class ChannelRefused(WorldError):
    """The channel said no, and would say so again."""


class NoAnswer(WorldError):
    """Nobody answered, or not in time: worth another try."""


class Unknown(NoAnswer):
    """No answer came, and what was sent may have arrived: another try may do the thing twice."""


class CallerError(FlowEngineError):
    """The caller asked for what cannot be; `code` is stable, `detail` is machine-readable."""

    code = "invalid"

    def __init__(self, message: str, *, code: str | None = None, detail: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.detail = dict(detail or {})


class NotAllowed(CallerError):
    """The person may not do this here."""

    code = "not_allowed"


class NotFound(CallerError):
    """There is no such thing in this account, or this person may not know of it."""

    code = "not_found"


class Conflict(CallerError):
    """Somebody else was first; `detail` says who or what is there now."""

    code = "conflict"


class Invalid(CallerError):
    """The request itself cannot be understood; `detail["pointer"]` says where."""

    code = "invalid"
