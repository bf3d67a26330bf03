"""A language model of our own: speaks OpenAI's protocol (POST /v1/chat/completions), says what a test makes it say.

    with model(says("Em 2 dias.")) as ai:
        …ask ai.url + "/v1" for a chat completion…
        assert ai.asked[0].json["messages"][-1]["content"] == "Quando chega?"

A request with a JSON schema (`response_format`, or a tool) is answered with an object: the script's where it gives one,
else one made to fit the schema.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.standins.served import Answer, Asked, StandIn, served

PATH = "/v1/chat/completions"


def says(content: Any, *, after: float = 0, cut_off: bool = False) -> Answer:
    """A text, or an object for a request with a schema; `cut_off`: the token limit was reached."""
    return Answer({"says": content, "finish_reason": "length" if cut_off else "stop"}, after=after)


def fits() -> Answer:
    """Whatever fits the schema that is asked for; a text where none is."""
    return Answer({"fits": True})


def fails(status: int, message: str = "overloaded", *, retry_after: int | None = None) -> Answer:
    """An error as OpenAI writes it."""
    headers = {"retry-after": str(retry_after)} if retry_after is not None else {}
    return Answer({"error": {"message": message, "type": "error", "code": None}}, status, headers)


@contextmanager
def model(*answers: Answer) -> Iterator[StandIn]:
    """Answers one a request, the last for all that follow; without any, what fits."""
    with served(list(answers) or [fits()], _as_completion) as stand_in:
        yield stand_in


def made_to_fit(schema: dict[str, Any]) -> Any:
    """The simplest value that fits a schema of the kind that flows ask with."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    match kind[0] if isinstance(kind, list) else kind:
        case "object":
            return {name: made_to_fit(part) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [made_to_fit(schema.get("items", {}))]
        case "integer" | "number":
            return 1
        case "boolean":
            return True
    return "text"


def _as_completion(asked: Asked, answer: Answer) -> Answer:
    if asked.method != "POST" or asked.path != PATH:
        return fails(404, f"there is nothing at {asked.method} {asked.path}")
    if answer.status != 200 or not isinstance(answer.body, dict):
        return answer
    request = asked.json
    if not isinstance(request.get("messages"), list) or not request.get("model"):
        return fails(400, "model and messages are required")
    schema, tool = _wanted(request)
    content = answer.body.get("says", made_to_fit(schema) if schema else "text")
    said = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    message: dict[str, Any] = {"role": "assistant", "content": said}
    if tool:
        call = {"id": "call_1", "type": "function", "function": {"name": tool, "arguments": said}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
    completion = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": request["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": answer.body.get("finish_reason", "stop")}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    return Answer(completion, headers=answer.headers, after=answer.after)


def _wanted(request: dict[str, Any]) -> tuple[dict[str, Any] | None, str | None]:
    """The schema that the answer has to fit, and the tool it is to be handed to."""
    form = request.get("response_format") or {}
    if form.get("type") == "json_schema":
        return form["json_schema"]["schema"], None
    if form.get("type") == "json_object":
        return {"type": "object"}, None
    tools = request.get("tools") or []
    if tools and request.get("tool_choice", "auto") not in ("none", "auto"):
        return tools[0]["function"].get("parameters", {}), tools[0]["function"]["name"]
    return None, None
