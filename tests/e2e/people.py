"""The hands of a test over HTTP: a contact on the generic channel, and an agent at the desk's API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from tests.e2e.installation import Installation, eventually


class Contact:
    """Writes through the generic HTTP channel and reads what comes back, by cursor, from the beginning."""

    def __init__(self, installation: Installation, sender: str) -> None:
        channel = installation.demo["http_channel"]
        self.sender = sender
        self.url = f"{installation.address}/hooks/http/{channel['key']}"
        self.client = httpx.Client(headers={"Authorization": f"Bearer {channel['token']}"}, timeout=40)

    def write(self, text: str = "", *, id: str | None = None, **more: Any) -> dict[str, Any]:
        message = {"id": id or uuid4().hex, "from": self.sender, "name": "Renata Vasques", "text": text, **more}
        response = self.client.post(self.url, json=message)
        assert response.status_code in (200, 202), response.text
        answer: dict[str, Any] = response.json()
        return answer

    def heard(self) -> list[dict[str, Any]]:
        """Everything said to this contact, read page by page."""
        messages: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = self.client.get(f"{self.url}/messages", params={"limit": 50, **cursor}).json()
            messages += [message for message in page["messages"] if message["to"] == self.sender]
            cursor = {"after": page["next"]}
            if not page["messages"]:
                return messages

    def hears(self, count: int, seconds: float = 30) -> list[str]:
        """The texts, once there are `count` of them."""

        def enough() -> list[dict[str, Any]] | None:
            heard = self.heard()
            return heard if len(heard) >= count else None

        def told() -> str:
            return f"heard {[message.get('text') for message in self.heard()]}, not {count} messages"

        return [message.get("text", "") for message in eventually(enough, seconds, told)]


class Agent:
    """Signed in, with the CSRF token on every write."""

    def __init__(self, installation: Installation, login: dict[str, str]) -> None:
        self.client = httpx.Client(base_url=f"{installation.address}/api/v1", timeout=30)
        self.client.headers["X-CSRF-Token"] = self.client.get("/csrf").json()["token"]
        answer = self.client.post("/session", json={"email": login["email"], "password": login["password"]})
        assert answer.status_code == 200, answer.text
        self.client.headers["X-CSRF-Token"] = answer.json()["csrf"]

    def list(self, view: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.client.get("/conversations", params={"view": view}).json()["conversations"]
        return rows

    def finds(self, view: str, name: str, seconds: float = 30) -> dict[str, Any]:
        """The conversation of a contact once it is in this view."""
        row: dict[str, Any] = eventually(
            lambda: next((row for row in self.list(view) if row["contact"]["name"] == name), None), seconds
        )
        return row

    def act(self, conversation: dict[str, Any], act: str, **more: Any) -> dict[str, Any]:
        body = more if act in ("messages", "notes") else {"version": conversation["version"], **more}
        answer = self.client.post(f"/conversations/{conversation['id']}/{act}", json=body)
        assert answer.status_code in (200, 201), answer.text
        result: dict[str, Any] = answer.json()
        return result
