"""Effects that ask somebody outside, whose answer comes back as an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from flowengine.core.effects.order import Order


class CallHttp(Order, frozen=True):
    """Call an address of the author's choice; the answer comes back as CallAnswered.

    `auth` names a secret of the account, put into the request as `scheme` says only when it is sent. `body` is JSON,
    or text. `time_limit` is in seconds, for one try; `retries` are tries beyond the first, after passing faults only.
    A call that may have arrived is tried again only where `repeatable` says that it does no harm.
    """

    kind: ClassVar[str] = "call_http"
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    url: str = ""
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}
    body: Any = None
    auth: str | None = None
    scheme: Literal["bearer", "basic", "header", "query"] = "bearer"
    auth_name: str = ""  # of the header or the query parameter
    time_limit: float = 15
    retries: int = 0
    repeatable: bool = False
    node: str = ""


class AskAi(Order, frozen=True):
    """Ask a language model; the answer comes back as CallAnswered, its body the text or the object.

    `endpoint` is the slug of one set up in the account. `messages` are {"role", "content"} in order. With `schema`
    (JSON Schema) the answer must be an object that fits it.
    """

    kind: ClassVar[str] = "ask_ai"
    endpoint: str = ""
    messages: tuple[Mapping[str, str], ...] = ()
    schema: Mapping[str, Any] | None = None
    max_tokens: int = 500
    temperature: float = 0
    time_limit: float = 30
    retries: int = 1
    node: str = ""
