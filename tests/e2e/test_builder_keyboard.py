"""The canvas without a mouse: add, connect, walk, open, copy, undo, find."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, new_flow, pick
from tests.e2e.installation import Installation

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def author(installation: Installation, browser: Browser) -> Iterator[Page]:
    """On an empty canvas."""
    context = person(browser)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = sign_in(context, installation, installation.login("administrator"))
    new_flow(page, installation.address, f"Teclado {uuid4().hex[:6]}")
    yield page
    context.close()


def add(page: Page, group: str, title: str) -> None:
    """From the palette, then back on the canvas."""
    page.get_by_role("button", name=group, exact=True).focus()
    page.keyboard.press("Enter")
    pick(page, title)
    expect(page.get_by_role("complementary", name="Etapa", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary", name="Etapa", exact=True)).to_have_count(0)


def test_steps_are_added_and_connected_by_keys(author: Page) -> None:
    add(author, "Perguntar", "Menu")
    add(author, "Pessoas", "Transferir")
    expect(author.locator(".react-flow__edge")).to_have_count(2)

    author.keyboard.press("ArrowLeft")
    expect(card(author, "Sem resposta").locator(".is-selected")).to_be_visible()
    author.keyboard.press("c")
    pick(author, "Não")
    pick(author, "Transferir")
    expect(author.locator(".react-flow__edge")).to_have_count(3)

    author.keyboard.press("Control+z")
    expect(author.locator(".react-flow__edge")).to_have_count(2)


def test_a_step_is_found_opened_and_left_by_keys(author: Page) -> None:
    add(author, "Pessoas", "Transferir")

    author.keyboard.press("/")
    pick(author, "Gatilho")
    expect(author.get_by_role("textbox", name="Nome da etapa")).to_have_attribute("placeholder", "Gatilho")
    author.keyboard.press("Escape")
    expect(author.get_by_role("complementary", name="Etapa", exact=True)).to_have_count(0)


def test_f8_goes_to_the_next_problem(author: Page) -> None:
    author.keyboard.press("F8")

    form = author.get_by_role("complementary", name="Etapa", exact=True)
    expect(form.get_by_text("Ligue esta porta")).to_be_visible()


def test_steps_are_copied_between_two_flows(installation: Installation, author: Page) -> None:
    add(author, "Pessoas", "Transferir")
    author.keyboard.press("Control+c")
    expect(author.get_by_text("Etapa copiada")).to_be_visible()

    new_flow(author, installation.address, f"Teclado {uuid4().hex[:6]}")
    author.keyboard.press("Control+v")
    expect(card(author, "Transferir")).to_be_visible()
    author.keyboard.press("Delete")

    expect(author.get_by_text("Etapa removida")).to_be_visible()
    expect(card(author, "Transferir")).to_have_count(0)
