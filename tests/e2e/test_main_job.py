"""The main job in a real browser: draw, publish, talk, be handed to people, be answered, be asked for a rating."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import open_demo
from tests.e2e.installation import Installation

pytestmark = pytest.mark.timeout(180)


def test_from_the_drawing_to_the_rating(installation: Installation, browser: Browser) -> None:
    author = sign_in(person(browser), installation, installation.login("administrator"))
    rewrite_greeting(author, installation, "Bem-vindo à Casa Aroeira.")

    visitor = person(browser).new_page()
    visitor.goto(f"{installation.address}/chat")
    visitor.get_by_role("button", name="Abrir a conversa").click()
    write(visitor, "Olá")
    expect(heard(visitor, "Bem-vindo à Casa Aroeira.")).to_be_visible()
    visitor.get_by_role("button", name="Vendas", exact=True).click()
    expect(heard(visitor, "qual é o seu e-mail")).to_be_visible()
    write(visitor, "nenhum")
    expect(heard(visitor, "não parece certo")).to_be_visible()
    write(visitor, "renata@exemplo.com.br")
    expect(heard(visitor, "já chamei o nosso time de vendas")).to_be_visible()

    agent = sign_in(person(browser), installation, installation.login("agent"))
    agent.keyboard.press("j")
    agent.get_by_role("button", name="Assumir").first.click()
    answer(agent, "Oi! Aqui é a Joana. Qual produto você procura?")
    expect(heard(visitor, "Aqui é a Joana")).to_be_visible()
    write(visitor, "Uma mesa de jantar")
    expect(agent.get_by_role("log").get_by_text("Uma mesa de jantar")).to_be_visible()

    visitor.reload()
    visitor.get_by_role("button", name="Abrir a conversa").click()
    expect(heard(visitor, "Aqui é a Joana")).to_be_visible()

    agent.get_by_role("button", name="Concluir").first.click()
    agent.get_by_role("dialog").get_by_role("button", name="Concluir").click()
    expect(heard(visitor, "que nota você dá")).to_be_visible()
    visitor.get_by_role("button", name="5", exact=True).click()
    expect(heard(visitor, "Obrigado pela nota 5")).to_be_visible()
    expect(agent.get_by_text("Nada com você agora")).to_be_visible()


def rewrite_greeting(page: Page, installation: Installation, text: str) -> None:
    """Open the flow, change the first message, publish."""
    open_demo(page, installation.address)
    page.get_by_text("Boas-vindas").click()
    field = page.get_by_role("complementary").get_by_role("textbox").filter(has_text="Olá").first
    field.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    expect(page.get_by_text("Salvo")).to_be_visible()
    page.get_by_role("button", name="Publicar", exact=True).click()
    page.get_by_role("button", name="Publicar versão 2").click()
    expect(page.get_by_text("v2 no ar")).to_be_visible()


def heard(visitor: Page, text: str) -> Locator:
    return visitor.get_by_role("log").get_by_text(text).last


def write(visitor: Page, text: str) -> None:
    visitor.get_by_role("textbox").fill(text)
    visitor.keyboard.press("Enter")


def answer(agent: Page, text: str) -> None:
    agent.get_by_placeholder("Escreva para").fill(text)
    agent.keyboard.press("Enter")
