"""Before a flow is live: its request is sent and mapped by clicks, its text read as a real contact would, its draft
talked to on a real channel, while others see who is in it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, pick
from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact
from tests.e2e.screens import barriers, complaints_of, overflow
from tests.servers import open_folder
from tests.standins.served import Answer, StandIn
from tests.standins.webhook import webhook
from tests.turns.shop import flow, say, wire

pytestmark = pytest.mark.timeout(150)

ANSWER = {"pedido": {"status": "enviado", "itens": [{"preço": 39.9}], "Código Postal": "50030-230"}}
TEXT = "Oi, {{ contact.name | first_name }}! O pedido {{ vars.pedido }} está a caminho."


@pytest.fixture(scope="module")
def shop() -> Iterator[StandIn]:
    """The system outside."""
    with webhook(Answer(ANSWER)) as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def running(shop: StandIn) -> Iterator[Installation]:
    """An installation that may call the shop."""
    with pytest.MonkeyPatch.context() as patch, open_folder() as folder:
        patch.setenv("FLOWENGINE_ALLOW_CALLBACKS_TO", f"127.0.0.1:{urlsplit(shop.url).port}")
        installation = Installation(folder / "data")
        yield installation
        installation.stop()


@pytest.fixture
def drawn(running: Installation, shop: StandIn) -> dict[str, Any]:
    """A flow of one's own that says a text and calls the shop."""
    author = Agent(running, running.login("administrator"))
    call = {
        "id": "loja",
        "type": "http_request",
        "label": "Loja",
        "params": {"url": f"{shop.url}/{{{{ vars.pedido }}}}"},
    }
    key = f"loja_{uuid4().hex[:6]}"
    document = flow(
        [{**say("oi", TEXT), "label": "Saudação"}, call],
        wire("start.next>oi", "oi.next>loja"),
        key=key,
        name=f"Loja {key}",
        settings={"default_team": "suporte"},
    )
    made = author.client.post("/flows", json={"name": document["name"], "document": document})
    assert made.status_code == 201, made.text
    result: dict[str, Any] = made.json()
    return result


@pytest.fixture
def author(running: Installation, browser: Browser, drawn: dict[str, Any]) -> Iterator[Page]:
    context = person(browser)
    page = sign_in(context, running, running.login("administrator"))
    page.goto(f"{running.address}/flows/{drawn['id']}")
    expect(card(page, "Loja")).to_be_visible()
    yield page
    context.close()


def variables(author: Page) -> Locator:
    """The fields of those that the step saves into."""
    return author.get_by_role("combobox", name="Salvar em", exact=True)


def test_a_request_is_tried_and_its_answer_kept_by_clicks(author: Page, shop: StandIn) -> None:
    complaints = complaints_of(author)
    card(author, "Loja").click()
    author.get_by_role("button", name="Experimentar").click()
    author.get_by_label("pedido", exact=True).fill("A 7")
    author.get_by_role("button", name="Enviar agora").click()

    expect(author.get_by_text("HTTP 200")).to_be_visible()
    expect(author.get_by_text("A etapa sairia por")).to_contain_text("Sucesso")
    assert shop.asked[-1].path.endswith("/A%207")

    author.get_by_role("button", name=" guardar $.pedido.status").click()
    author.get_by_role("button", name=" guardar $.pedido['Código Postal']").click()
    expect(variables(author).nth(0)).to_have_value("status")
    expect(variables(author).nth(1)).to_have_value("codigo_postal")
    assert barriers(author) == []
    assert overflow(author) == 0
    author.get_by_role("button", name="não guardar mais $.pedido.status em status").click()
    expect(variables(author)).to_have_count(1)
    author.get_by_role("button", name="Desfazer (Ctrl Z)").click()
    expect(variables(author)).to_have_count(2)
    assert complaints == []


def test_a_text_is_read_as_a_real_contact_would(author: Page, running: Installation) -> None:
    made = Agent(running, running.login("administrator")).client.post("/contacts", json={"name": "Luzia Barreto"})
    assert made.status_code == 201, made.text
    card(author, "Saudação").click()
    author.get_by_role("button", name="Ver como fica").click()
    preview = author.get_by_role("group", name="Ver como fica · Texto")
    expect(preview).to_contain_text("Oi, Renata! O pedido  está a caminho.")
    expect(preview).to_contain_text("Sem valor: pedido")

    author.get_by_role("button", name="Para um contato de exemplo").click()
    author.get_by_label("pedido", exact=True).fill("A-7")
    author.get_by_role("combobox", name="Contato de verdade").fill("Luzia")
    author.get_by_role("option", name="Luzia Barreto").click()

    expect(preview).to_contain_text("Oi, Luzia! O pedido A-7 está a caminho.")
    assert barriers(author) == []


def test_the_draft_is_talked_to_by_its_code_on_a_real_channel(author: Page, running: Installation) -> None:
    author.keyboard.press("Control+Enter")
    author.get_by_role("tab", name="Celular").click()
    author.get_by_role("button", name="Criar um código").click()
    code = author.get_by_text("#teste-").inner_text()
    assert barriers(author) == []

    phone = Contact(running, f"phone-{uuid4().hex[:6]}")
    phone.write(code)

    hello, text = phone.hears(2)[:2]
    assert hello.startswith("Teste do rascunho de “Loja")
    assert text == "Oi, Renata! O pedido  está a caminho."


def test_what_a_step_names_is_made_where_it_is_named(author: Page) -> None:
    author.get_by_role("button", name="Enviar", exact=True).first.click()
    pick(author, "Modelo")
    author.get_by_role("combobox", name="Modelo").fill("Pedido saiu")
    author.get_by_role("option", name="Criar “Pedido saiu”").click()
    form = author.get_by_role("dialog", name="Novo modelo")
    expect(form.get_by_label("Nome", exact=True)).to_have_value("Pedido saiu")
    form.get_by_label("Texto", exact=True).fill("O pedido {{numero}} saiu.")
    form.get_by_role("button", name="Criar", exact=True).click()

    expect(author.get_by_role("combobox", name="Modelo")).to_have_value("Pedido saiu")
    expect(author.get_by_role("textbox", name="{{numero}}")).to_be_visible()


def test_others_who_have_the_flow_open_are_seen_with_the_step_they_are_at(
    author: Page, running: Installation, browser: Browser, drawn: dict[str, Any]
) -> None:
    context = person(browser)
    other = sign_in(context, running, running.login("agent"))
    other.goto(f"{running.address}/flows/{drawn['id']}")
    expect(card(other, "Loja")).to_be_visible()
    expect(author.get_by_role("group", name="1 pessoa aqui")).to_be_visible()
    expect(other.get_by_role("group", name="1 pessoa aqui")).to_be_visible()

    card(other, "Saudação").click()
    expect(author.get_by_role("button", name="está em “Saudação”")).to_be_visible()

    other.goto(f"{running.address}/inbox")
    expect(author.get_by_role("group", name="1 pessoa aqui")).to_have_count(0)
    context.close()
