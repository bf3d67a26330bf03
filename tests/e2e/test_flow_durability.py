"""All workers are killed while flows call a system outside, call each other and change their contact: each thing is
done once, and the conversation is the one that nobody disturbed.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
import pytest

from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact
from tests.servers import open_folder
from tests.standins.served import Answer, StandIn
from tests.standins.webhook import webhook
from tests.turns.shop import flow, say, wire

pytestmark = pytest.mark.timeout(420)

LEASE_S = 100  # what a killed worker had in hand is taken up again after its lease, of fifty seconds


@pytest.fixture(scope="module")
def shop() -> Iterator[StandIn]:
    """The system outside. It takes a while, so that workers die with calls in hand."""
    with webhook(Answer({"status": "a caminho"}, after=0.4)) as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def running(shop: StandIn) -> Iterator[Installation]:
    with pytest.MonkeyPatch.context() as patch, open_folder() as folder:
        patch.setenv("FLOWENGINE_ALLOW_CALLBACKS_TO", f"127.0.0.1:{urlsplit(shop.url).port}")
        installation = Installation(folder / "data")
        try:
            author = Agent(installation, installation.login("administrator"))
            publish(author, COLOUR)
            publish(author, orders(shop.url), on=installation.demo["http_channel"]["key"])
            yield installation
        finally:
            installation.stop()


def ask(id: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "type": "question", "params": {"text": text, "answer_type": "text", **more}}


def point(id: str) -> dict[str, Any]:
    """Once too often would be seen in what the contact is told at the end."""
    change = {"field": "score", "op": "increment", "value": "1"}
    return {"id": id, "type": "update_contact", "params": {"changes": [change]}}


COLOUR = flow(
    [ask("cor", "Que cor?", save_to="cor"), point("dentro")],
    wire("start.next>cor", "cor.answered>dentro"),
    key="cor",
    name="Cor",
    variables=[{"name": "cor", "output": True}],
)
COLOUR["nodes"][0]["params"] = {"event": "manual"}


def orders(url: str) -> dict[str, Any]:
    call = {
        "url": f"{url}/pedidos/{{{{ vars.pedido }}}}",
        "response": [{"path": "$.status", "save_to": "status", "type": "text"}],
        "time_limit": 5,
    }
    document = flow(
        [
            ask("qual", "Qual pedido?", save_to="pedido"),
            {"id": "consulta", "type": "http_request", "params": call},
            point("fora"),
            say("ok", "Pedido {{ vars.pedido }}: {{ vars.status }}."),
            {"id": "chama", "type": "call_flow", "params": {
                "flow": "cor", "outputs": [{"name": "cor", "save_to": "cor"}]}},
            say("fim", "{{ vars.cor }}, {{ contact.score }} pontos."),
            say("nada", "Não consegui."),
        ],
        wire("start.next>qual", "qual.answered>consulta", "consulta.success>fora", "fora.next>ok", "ok.next>chama",
             "chama.finished>fim", "consulta.failed>nada"),
        key="pedidos",
        name="Pedidos",
        variables=[{"name": name} for name in ("pedido", "status", "cor")],
    )  # fmt: skip
    document["nodes"][0]["params"] = {"event": "keyword", "terms": ["pedido"]}
    return document


def publish(author: Agent, document: dict[str, Any], on: str | None = None) -> None:
    """Draw it, and make it live on that channel."""
    team = author.client.get("/teams").json()["teams"][0]["slug"]
    document = {**document, "settings": {"default_team": team}}
    made = author.client.post("/flows", json={"name": document["name"], "document": document})
    assert made.status_code == 201, made.text
    path = f"/flows/{made.json()['id']}"
    bound = author.client.put(f"{path}/channels", json={"channels": [on] if on else []})
    assert bound.status_code == 200, bound.text
    revision = author.client.get(path).json()["revision"]
    live = author.client.post(f"{path}/versions", json={"revision": revision, "accept_warnings": True})
    assert live.status_code == 201, live.text


def kill_all(installation: Installation) -> None:
    """Kill -9 whoever takes turns and whoever calls, in the middle of whatever they do; Valkey forgets everything."""
    installation.redis().flushall()
    for child in psutil.Process(installation.process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            if "work" in child.cmdline():
                child.kill()


def test_what_flows_do_is_done_once_whoever_is_killed_after_every_message(running: Installation, shop: StandIn) -> None:
    contacts = [Contact(running, uuid4().hex) for _ in range(4)]
    for place, words in enumerate(["pedido", "A1", "azul"]):
        for contact in contacts:
            contact.write(words, id=f"{contact.sender}-{place}")
            contact.write(words, id=f"{contact.sender}-{place}")
            kill_all(running)
        heard = {0: 1, 1: 3, 2: 4}[place]
        for contact in contacts:
            contact.hears(heard, LEASE_S)
    for contact in contacts:
        assert contact.hears(4) == ["Qual pedido?", "Pedido A1: a caminho.", "Que cor?", "azul, 2 pontos."]
    assert len({asked.headers["idempotency-key"] for asked in shop.asked}) == len(contacts)
