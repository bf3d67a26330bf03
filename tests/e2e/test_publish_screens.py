"""Publishing while people are in the flow: past runs walked again, who moves and who stays, and that it comes true."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card
from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact
from tests.e2e.screens import barriers, complaints_of, overflow

pytestmark = pytest.mark.timeout(150)


def says(id: str, text: str) -> dict[str, Any]:
    return {"id": id, "type": "message", "label": text, "params": {"parts": [{"kind": "text", "text": text}]}}


def drawing(named: dict[str, str], word: str, *, asks_city: bool, bye: str, wrong_wire: bool = False) -> dict[str, Any]:
    """Starts by a word of its own, offers two ways; one of them asks for a city."""
    options = [{"id": "entrega", "title": "Entrega"}, {"id": "tchau", "title": "Tchau"}]
    city = {"text": "Qual a sua cidade?", "answer_type": "text"}
    nodes = [
        {"id": "inicio", "type": "trigger", "params": {"event": "keyword", "terms": [word], "match": "exact"}},
        {"id": "menu", "type": "menu", "label": "Assunto", "params": {"text": "Qual o assunto?", "options": options}},
        {"id": "cidade", "type": "question", "label": "Cidade", "params": city},
        says("entrega", "Entregamos aí."),
        says("tchau", bye),
    ]
    wires = [("inicio", "next", "menu"), ("menu", "tchau", "entrega" if wrong_wire else "tchau")]
    if asks_city:
        wires += [("menu", "entrega", "cidade"), ("cidade", "answered", "entrega")]
    else:
        nodes = [node for node in nodes if node["id"] != "cidade"]
        wires += [("menu", "entrega", "entrega")]
    return {
        "format": "flowengine/flow", "format_version": 1, "kind": "chatbot", **named, "language": "pt-BR",
        "settings": {"default_team": "suporte"},
        "nodes": [{**node, "position": {"x": 0, "y": 180 * place}} for place, node in enumerate(nodes)],
        "edges": [{"source": source, "port": port, "target": target} for source, port, target in wires],
    }  # fmt: skip


class Shop:
    """A flow that is live, with one person at its menu, one at a question and one who has been through it."""

    def __init__(self, installation: Installation) -> None:
        self.client = Agent(installation, installation.login("administrator")).client
        self.word = f"loja{uuid4().hex[:8]}"
        first = drawing({"key": self.word, "name": self.word}, self.word, asks_city=True, bye="Até mais.")
        made = self.client.post("/flows", json={"name": self.word, "document": first}).json()
        self.flow, self.named = made["id"], {"key": made["key"], "name": made["name"]}
        answer = self.client.post(f"/flows/{self.flow}/versions", json={"revision": 1, "accept_warnings": True})
        assert answer.status_code == 201, answer.text
        channel = installation.demo["http_channel"]["key"]
        self.client.put(f"/flows/{self.flow}/channels", json={"channels": [channel]})
        self.at_menu, self.at_city, self.through = (Contact(installation, f"{self.word}-{each}") for each in range(3))
        for contact, words in ((self.at_menu, []), (self.at_city, ["Entrega"]), (self.through, ["Tchau"])):
            contact.write(self.word)
            contact.hears(1)
            for each in words:
                contact.write(each)
                contact.hears(2)

    def draw(self, **more: Any) -> None:
        revision = self.client.get(f"/flows/{self.flow}").json()["revision"]
        document = drawing(self.named, self.word, **more)
        saved = self.client.put(f"/flows/{self.flow}/draft", json={"document": document, "revision": revision})
        assert saved.status_code == 200, saved.text


@pytest.fixture
def shop(installation: Installation) -> Iterator[Shop]:
    shop = Shop(installation)
    yield shop
    shop.client.put(f"/flows/{shop.flow}/channels", json={"channels": []})


def dialog(page: Page, installation: Installation, shop: Shop) -> Locator:
    page.goto(f"{installation.address}/flows/{shop.flow}")
    expect(card(page, "Assunto")).to_be_visible()
    page.get_by_role("button", name="Publicar", exact=True).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("2 pessoas estão na")
    return asked


def test_people_are_moved_as_the_dialog_says_and_the_others_end_as_they_began(
    installation: Installation, browser: Browser, shop: Shop
) -> None:
    shop.draw(asks_city=False, bye="Volte sempre.")
    page = sign_in(person(browser), installation, installation.login("administrator"))
    complaints = complaints_of(page)
    asked = dialog(page, installation, shop)
    expect(asked).to_contain_text("2 de 3 execuções seguem o mesmo caminho")
    expect(asked).to_contain_text("1 pode passar; 1 fica na versão em que está")
    expect(asked.get_by_role("listitem")).to_contain_text("“Cidade”: a etapa saiu do fluxo")

    asked.get_by_role("radio", name="Passam para a versão 2").check()
    assert (complaints, barriers(page)) == ([], [])
    asked.get_by_role("button", name="Publicar versão 2").click()

    expect(page.get_by_text("Versão 2 publicada · 1 pessoa passou · 1 ficou na versão em que estava")).to_be_visible()
    shop.at_menu.write("Tchau")
    shop.at_city.write("Recife")
    assert shop.at_menu.hears(2)[1:] == ["Volte sempre."]
    assert shop.at_city.hears(3)[2:] == ["Entregamos aí."]


def test_a_run_that_would_go_another_way_is_looked_at_and_the_note_is_still_there(
    installation: Installation, browser: Browser, shop: Shop
) -> None:
    shop.draw(asks_city=True, bye="Até mais.", wrong_wire=True)
    page = sign_in(person(browser), installation, installation.login("administrator"))
    asked = dialog(page, installation, shop)
    asked.get_by_label("Nota da versão").fill("Entrega para todos")
    expect(asked).to_contain_text("2 de 3 execuções seguem o mesmo caminho")
    asked.get_by_role("button", name="Ver", exact=True).click()
    expect(asked).to_contain_text("Depois de “Assunto”: antes “Até mais.”, agora “Entregamos aí.”")

    asked.get_by_role("button", name=re.compile("^Ver uma execução")).click()

    talk = page.get_by_role("log", name="Execução turno a turno")
    expect(talk).to_contain_text("Até mais.")
    page.get_by_role("complementary", name="Resultados").get_by_role("button", name="Fechar").click()
    page.get_by_role("button", name="Publicar", exact=True).click()
    expect(page.get_by_role("dialog").get_by_label("Nota da versão")).to_have_value("Entrega para todos")
    page.get_by_role("dialog").get_by_role("button", name="Ver no canvas").click()
    expect(card(page, "Assunto").locator(".cv-card")).to_have_class(re.compile("is-changed"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dialog_fits_a_tablet_and_can_be_used_by_everybody(
    installation: Installation, browser: Browser, shop: Shop, scheme: Any
) -> None:
    shop.draw(asks_city=False, bye="Volte sempre.", wrong_wire=True)
    context = person(browser, width=768, height=1024, scheme=scheme)
    page = sign_in(context, installation, installation.login("administrator"))
    asked = dialog(page, installation, shop)
    asked.get_by_role("button", name="Ver", exact=True).click()

    assert (overflow(page), barriers(page)) == (0, [])
    publish = asked.get_by_role("button", name="Publicar versão 2")
    expect(publish).to_be_in_viewport(ratio=1)


def test_a_stopped_flow_is_begun_by_nobody_and_who_was_in_it_goes_to_the_team(
    installation: Installation, browser: Browser, shop: Shop
) -> None:
    page = sign_in(person(browser), installation, installation.login("administrator"))
    page.goto(f"{installation.address}/flows/{shop.flow}")
    expect(card(page, "Assunto")).to_be_visible()
    page.get_by_role("button", name="Mais", exact=True).click()
    page.get_by_role("menuitem", name="Parar o fluxo").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("2 pessoas estão no fluxo")
    asked.get_by_role("radio", name="Vão para a equipe padrão").check()
    assert barriers(page) == []

    asked.get_by_role("button", name="Parar o fluxo").click()

    expect(page.get_by_text("Parado", exact=True)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert shop.client.get(f"/flows/{shop.flow}/people").json()["runs"] == 0
    late = Contact(installation, f"{shop.word}-late")
    late.write(shop.word)
    assert "Qual o assunto?" not in late.hears(1)
    page.get_by_role("button", name="Mais", exact=True).click()
    page.get_by_role("menuitem", name="Ligar de novo").click()
    page.get_by_role("dialog").get_by_role("button", name="Ligar de novo").click()
    expect(page.get_by_text("v1 no ar")).to_be_visible()
