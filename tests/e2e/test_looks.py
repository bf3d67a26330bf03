"""Every screen in light and dark: nothing serious for axe, nothing in the console, nothing too wide for a tablet."""

from collections.abc import Callable
from typing import Literal
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact
from tests.e2e.screens import barriers, complaints_of, overflow

pytestmark = pytest.mark.timeout(120)
TABLET = {"width": 768, "height": 1024}


@pytest.fixture(scope="module")
def waiting(installation: Installation) -> str:
    """Somebody in the queue of support."""
    name = f"Renata {uuid4().hex[:6]}"
    contact = Contact(installation, uuid4().hex)
    contact.write("oi", name=name)
    contact.hears(2)
    contact.write("falar com atendente")
    Agent(installation, installation.login("agent", 1)).finds("new", name)
    return name


def login(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/login")
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_text("Escreva seu e-mail")).to_be_visible()


def flows(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/flows")
    expect(page.get_by_role("table")).to_be_visible()


def new_flow(page: Page, installation: Installation) -> None:
    flows(page, installation)
    page.get_by_role("button", name="Novo fluxo").click()
    page.get_by_role("radio", name="Atendimento inicial").check()
    expect(page.get_by_role("img", name="Atendimento inicial")).to_be_visible()


def builder(page: Page, installation: Installation) -> None:
    flows(page, installation)
    page.get_by_role("link", name="Atendimento inicial").first.click()
    expect(page.get_by_text("Como podemos ajudar?", exact=True)).to_be_visible()


def inspector(page: Page, installation: Installation) -> None:
    builder(page, installation)
    page.get_by_text("Como podemos ajudar?", exact=True).click()
    expect(page.get_by_role("complementary", name="Etapa", exact=True)).to_be_visible()


def publishing(page: Page, installation: Installation) -> None:
    builder(page, installation)
    page.get_by_role("button", name="Publicar", exact=True).click()
    expect(page.get_by_role("region", name="Mudanças")).to_be_visible()


def inbox(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/inbox")
    page.get_by_role("heading", name="Caixa de entrada").wait_for()
    page.get_by_text("Renata").first.click()
    expect(page.get_by_role("log").get_by_text("falar com atendente", exact=True)).to_be_visible()


def handing_over(page: Page, installation: Installation) -> None:
    inbox(page, installation)
    page.get_by_role("button", name="Transferir").click()
    expect(page.get_by_role("dialog").get_by_role("radio").first).to_be_visible()


def settings(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/settings/hours/padrao")
    expect(page.get_by_role("group", name="Seg", exact=True)).to_be_visible()


def stages(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/settings/pipelines/vendas")
    expect(page.get_by_label("Etapas, em ordem 1")).to_be_visible()


def contacts(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/contacts")
    expect(page.get_by_role("table", name="Contatos")).to_be_visible()


def contact(page: Page, installation: Installation) -> None:
    contacts(page, installation)
    page.get_by_role("link", name="Renata").first.click()
    expect(page.get_by_role("complementary", name="Situação do contato")).to_be_visible()


def chat(page: Page, installation: Installation) -> None:
    page.goto(f"{installation.address}/chat")
    page.get_by_role("button", name="Abrir a conversa").click()
    page.get_by_role("textbox").fill("Olá")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Vendas", exact=True)).to_be_visible()


Screen = Callable[[Page, Installation], None]
SIGNED_IN: list[Screen] = [
    flows,
    new_flow,
    builder,
    inspector,
    publishing,
    inbox,
    handing_over,
    settings,
    stages,
    contacts,
    contact,
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [login, *SIGNED_IN, chat], ids=lambda screen: screen.__name__)
@pytest.mark.usefixtures("waiting")
def test_a_screen_stands_in_nobodys_way(
    installation: Installation, browser: Browser, screen: Screen, scheme: Literal["light", "dark"]
) -> None:
    context = person(browser, scheme=scheme)
    page = (
        sign_in(context, installation, installation.login("administrator"))
        if screen in SIGNED_IN
        else context.new_page()
    )
    complaints = complaints_of(page)

    screen(page, installation)

    assert barriers(page) == []
    page.set_viewport_size(TABLET)
    assert overflow(page) == 0
    assert complaints == []
    context.close()
