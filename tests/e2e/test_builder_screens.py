"""A flow is drawn with the mouse from an empty canvas, mended, published and talked to; and what an author may undo."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, handle, new_flow, pick, point_at_wire, pull, pull_to, write_text
from tests.e2e.installation import Installation
from tests.e2e.people import Agent

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def author(installation: Installation, browser: Browser) -> Iterator[Page]:
    context = person(browser)
    yield sign_in(context, installation, installation.login("administrator"))
    context.close()


@pytest.fixture
def free_chat(installation: Installation) -> Iterator[None]:
    """The web chat without the flow that answers there; afterwards only that one again."""
    client = Agent(installation, installation.login("administrator")).client
    rows = client.get("/flows").json()["flows"]
    bound = {row["id"]: [channel["key"] for channel in row["channels"]] for row in rows if row["channels"]}
    for flow in bound:
        client.put(f"/flows/{flow}/channels", json={"channels": []})
    yield
    for row in client.get("/flows").json()["flows"]:
        client.put(f"/flows/{row['id']}/channels", json={"channels": bound.get(row["id"], [])})


def test_a_flow_from_an_empty_canvas_to_its_first_talk(
    installation: Installation, browser: Browser, author: Page, free_chat: None
) -> None:
    new_flow(author, installation.address, f"Mesas {uuid4().hex[:6]}")

    pull(author, handle(author, "Gatilho"), 560, 240)
    pick(author, "Menu")
    write_text(author, "Mesa ou cadeira?")
    author.get_by_label("Opções 1").fill("Mesa")
    author.get_by_label("Opções 2").fill("Cadeira")
    author.keyboard.press("Escape")
    pull(author, handle(author, "Mesa ou cadeira?", 0), 900, 200)
    pick(author, "Mensagem")
    write_text(author, "Temos mesas de seis lugares.")
    author.keyboard.press("Escape")
    author.get_by_role("button", name="Publicar", exact=True).click()
    expect(author.get_by_text("1 erro impede a publicação")).to_be_visible()
    author.get_by_role("button", name="A porta “Cadeira” de “Menu” está sem ligação.").click()
    author.keyboard.press("Escape")
    pull_to(author, handle(author, "Mesa ou cadeira?", 1), "Temos mesas")
    expect(author.get_by_text("1 erro")).to_have_count(0)

    author.get_by_role("button", name="Publicar", exact=True).click()
    dialog = author.get_by_role("dialog", name="Publicar versão 1")
    dialog.get_by_label("Chat do site").check()
    dialog.get_by_role("button", name="Publicar versão 1").click()
    expect(author.get_by_text("v1 no ar")).to_be_visible()

    visitor = person(browser).new_page()
    visitor.goto(f"{installation.address}/chat")
    visitor.get_by_role("button", name="Abrir a conversa").click()
    visitor.get_by_role("textbox").fill("Olá")
    visitor.keyboard.press("Enter")
    visitor.get_by_role("button", name="Cadeira", exact=True).click()
    expect(visitor.get_by_role("log").get_by_text("Temos mesas de seis lugares.")).to_be_visible()


def test_a_template_that_fails_says_so_at_its_field_and_on_its_card(installation: Installation, author: Page) -> None:
    new_flow(author, installation.address, f"Modelo {uuid4().hex[:6]}")
    pull(author, handle(author, "Gatilho"), 560, 240)
    pick(author, "Mensagem")

    write_text(author, "Olá, {{ contact.name | ")

    form = author.get_by_role("complementary", name="Etapa", exact=True)
    expect(form.get_by_text("não pode ser lido")).to_be_visible()
    expect(card(author, "Enviar").get_by_title("1 erro")).to_be_visible()


def test_a_new_step_waits_quietly_to_be_filled_in_until_it_is_left(installation: Installation, author: Page) -> None:
    new_flow(author, installation.address, f"Calma {uuid4().hex[:6]}")
    expect(author.get_by_role("button", name="1 a preencher")).to_be_visible()
    pull(author, handle(author, "Gatilho"), 560, 240)
    pick(author, "Menu")
    form = author.get_by_role("complementary", name="Etapa", exact=True)
    expect(author.get_by_role("button", name="3 a preencher")).to_be_visible()
    expect(form.get_by_text("Está vazio")).to_have_count(0)

    author.keyboard.press("Escape")

    expect(card(author, "Menu").get_by_title("1 erro")).to_be_visible()
    author.get_by_role("button", name="Publicar", exact=True).click()
    expect(author.get_by_text("3 erros impedem a publicação")).to_be_visible()


def test_the_problem_is_mended_by_its_button(installation: Installation, author: Page) -> None:
    new_flow(author, installation.address, f"Conserto {uuid4().hex[:6]}")
    author.get_by_role("button", name="Pessoas").click()
    pick(author, "Transferir")
    author.keyboard.press("Escape")
    author.keyboard.press("Control+z")
    author.keyboard.press("Control+z")
    author.keyboard.press("Control+y")
    expect(card(author, "Transferir")).to_be_visible()
    point_at_wire(author)
    author.get_by_role("button", name="Cortar ligação").click()
    expect(author.get_by_text("Ligação cortada")).to_be_visible()

    author.get_by_role("button", name="1 erro").click()
    author.get_by_role("button", name="Ligar a Transferir").click()

    expect(author.locator(".react-flow__edge")).to_have_count(1)
    expect(author.get_by_role("button", name="1 erro")).to_have_count(0)


def test_undo_goes_on_after_a_reload(installation: Installation, author: Page) -> None:
    new_flow(author, installation.address, f"Desfazer {uuid4().hex[:6]}")
    pull(author, handle(author, "Gatilho"), 560, 240)
    pick(author, "Mensagem")
    expect(author.get_by_text("Salvo")).to_be_visible()

    author.reload()
    expect(card(author, "Enviar")).to_be_visible()
    author.get_by_role("button", name="Desfazer").click()

    expect(card(author, "Enviar")).to_have_count(0)
    author.get_by_role("button", name="Refazer").click()
    expect(card(author, "Enviar")).to_be_visible()


def test_two_who_draw_at_once_choose_between_both(installation: Installation, browser: Browser, author: Page) -> None:
    new_flow(author, installation.address, f"Dois {uuid4().hex[:6]}")
    other = author.context.new_page()
    other.goto(author.url)
    expect(card(other, "Gatilho")).to_be_visible()

    pull(author, handle(author, "Gatilho"), 560, 240)
    pick(author, "Mensagem")
    write_text(author, "Da primeira")
    expect(author.get_by_text("Salvo")).to_be_visible()
    other.evaluate("localStorage.clear()")
    pull(other, handle(other, "Gatilho"), 560, 240)
    pick(other, "Pergunta")

    dialog = other.get_by_role("dialog", name="Este fluxo mudou em outro lugar")
    dialog.get_by_role("button", name="Usar a outra").click()
    expect(card(other, "Da primeira")).to_be_visible()
    other.keyboard.press("Control+z")
    expect(card(other, "Pergunta")).to_be_visible()


def test_an_archived_flow_comes_back_with_one_click(installation: Installation, author: Page) -> None:
    name = f"Arquivo {uuid4().hex[:6]}"
    new_flow(author, installation.address, name)
    author.goto(f"{installation.address}/flows")
    row = author.get_by_role("row").filter(has_text=name)

    row.hover()
    row.get_by_role("button", name="Mais sobre").click()
    author.get_by_role("menuitem", name="Arquivar").click()
    expect(row).to_have_count(0)
    author.get_by_role("button", name="Desfazer", exact=True).click()

    expect(row).to_be_visible()
