"""The one list of actions: by typing, by keys, by a menu; and what is done with several steps at once."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, new_flow, pick, write_text
from tests.e2e.installation import Installation
from tests.e2e.screens import barriers

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def author(installation: Installation, browser: Browser) -> Iterator[Page]:
    """On a canvas with a trigger, a message, and a transfer after it."""
    context = person(browser)
    page = sign_in(context, installation, installation.login("administrator"))
    new_flow(page, installation.address, f"Comandos {uuid4().hex[:6]}")
    command(page, "Adicionar Mensagem")
    page.keyboard.press("Escape")
    command(page, "Adicionar Transferir")
    page.keyboard.press("Escape")
    expect(page.locator(".react-flow__edge")).to_have_count(2)
    yield page
    context.close()


def command(page: Page, title: str) -> None:
    """By the command palette."""
    page.keyboard.press("Control+k")
    pick(page, title)


def corner(found: Locator) -> tuple[int, int]:
    """The upper left of what is drawn, in pixels of the window."""
    box = found.bounding_box()
    assert box is not None
    return round(box["x"]), round(box["y"])


def test_the_command_palette_adds_goes_and_does(author: Page) -> None:
    command(author, "Gatilho")
    expect(author.get_by_role("textbox", name="Nome da etapa")).to_have_attribute("placeholder", "Gatilho")
    author.keyboard.press("Escape")
    command(author, "Desfazer")
    expect(card(author, "Transferir")).to_have_count(0)
    author.keyboard.press("Control+k")
    expect(author.get_by_role("option", name="Refazer")).to_be_visible()
    assert barriers(author) == []


def test_the_help_shows_every_key(author: Page) -> None:
    author.keyboard.press("?")

    sheet = author.get_by_role("dialog", name="Atalhos do teclado")
    for words in ("Ctrl K", "Alt ↑", "Shift F8", "Ctrl Shift G"):
        expect(sheet.get_by_text(words, exact=True)).to_be_visible()
    assert barriers(author) == []


def test_it_says_where_a_variable_is_used_and_leads_there(author: Page) -> None:
    command(author, "Adicionar Pergunta")
    write_text(author, "Qual é o seu pedido?")
    author.get_by_role("combobox", name="Salvar em").fill("pedido")
    author.keyboard.press("Escape")
    command(author, "Onde é usado")
    pick(author, "pedido")
    expect(author.get_by_role("option").filter(has_text="guarda aqui")).to_have_count(1)
    author.keyboard.press("Enter")
    expect(author.get_by_role("complementary", name="Etapa", exact=True)).to_contain_text("Qual é o seu pedido?")


def test_steps_are_framed_moved_folded_and_let_go_by_keys(author: Page) -> None:
    author.keyboard.press("Control+a")
    author.keyboard.press("Control+g")
    author.keyboard.type("Entrada")
    author.keyboard.press("Enter")
    title = author.locator(".cv-frame-title")
    expect(title.get_by_role("textbox")).to_have_value("Entrada")
    assert barriers(author) == []

    steps = [card(author, name) for name in ("Enviar", "Transferir")]
    before = [corner(step) for step in steps]
    box = title.bounding_box()
    assert box is not None
    author.mouse.move(box["x"] + box["width"] - 20, box["y"] + 10)
    author.mouse.down()
    author.mouse.move(box["x"] + box["width"] + 100, box["y"] + 60, steps=6)
    author.mouse.up()
    moved = {
        (x - old_x, y - old_y) for step, (old_x, old_y) in zip(steps, before, strict=True) for x, y in [corner(step)]
    }
    assert len(moved) == 1
    assert min(moved.pop()) > 30

    author.get_by_role("button", name="Recolher a moldura").click()
    expect(author.locator(".cv-folded")).to_contain_text("3 etapas")
    expect(author.locator(".react-flow__node")).to_have_count(1)
    author.keyboard.press("Control+z")
    expect(author.locator(".react-flow__node-card")).to_have_count(3)
    author.keyboard.press("Control+Shift+g")
    expect(author.locator(".cv-frame")).to_have_count(0)


def test_steps_are_aligned_and_moved_by_keys(author: Page) -> None:
    author.keyboard.press("Control+a")
    author.keyboard.press("Alt+w")
    tops = {corner(author.locator(".react-flow__node-card").nth(place))[1] for place in range(3)}
    assert len(tops) == 1

    author.keyboard.press("Alt+ArrowDown")
    author.keyboard.press("Alt+ArrowDown")
    assert corner(card(author, "Enviar"))[1] > tops.pop()
    author.keyboard.press("Control+z")
    author.keyboard.press("Control+z")
    assert len({corner(author.locator(".react-flow__node-card").nth(place))[1] for place in range(3)}) > 1


def test_a_menu_offers_what_fits_what_is_pointed_at(author: Page) -> None:
    card(author, "Enviar").click(button="right", position={"x": 60, "y": 20})
    menu = author.get_by_role("menu", name="O que fazer")
    expect(menu.get_by_role("menuitem", name="Ligar a outra etapa")).to_be_visible()
    assert barriers(author) == []
    menu.get_by_role("menuitem", name="Remover").click()

    expect(card(author, "Enviar")).to_have_count(0)
    expect(author.locator(".react-flow__edge")).to_have_count(1)


def test_a_step_dropped_on_a_wire_is_inserted_there(author: Page) -> None:
    x, y = author.locator(".react-flow__edge-path").last.evaluate(
        """path => {
            const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
            const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
            return [at.x, at.y];
        }"""
    )
    author.get_by_role("button", name="Perguntar", exact=True).click()
    row = author.get_by_role("option", name="Pergunta", exact=False).first
    data = author.evaluate_handle("() => new DataTransfer()")
    row.dispatch_event("dragstart", {"dataTransfer": data})
    author.locator(".react-flow__pane").dispatch_event("drop", {"dataTransfer": data, "clientX": x, "clientY": y})

    expect(card(author, "Perguntar")).to_be_visible()
    expect(author.locator(".react-flow__edge")).to_have_count(3)


def test_a_note_is_written_found_resized_and_removed(author: Page) -> None:
    command(author, "Nova nota")
    expect(author.get_by_role("textbox", name="Nota")).to_be_focused()
    author.keyboard.type("Rever o texto em dezembro")
    author.keyboard.press("Escape")
    author.locator(".react-flow__pane").click(position={"x": 900, "y": 700})

    author.keyboard.press("/")
    pick(author, "Rever o texto")
    note = author.locator(".cv-note")
    width = note.evaluate("each => each.offsetWidth")
    author.keyboard.press("Alt+Shift+ArrowRight")
    expect(note).not_to_have_css("width", f"{width}px")
    author.keyboard.press("Control+z")
    expect(note).to_have_css("width", f"{width}px")
    grip = author.locator(".cv-note-grip").bounding_box() or {}
    author.mouse.move(grip["x"] + 12, grip["y"] + 12)
    author.mouse.down()
    author.mouse.move(grip["x"] + 80, grip["y"] + 60, steps=4)
    author.mouse.up()
    expect(note).not_to_have_css("width", f"{width}px")

    author.keyboard.press("Delete")
    expect(author.get_by_text("Nota removida")).to_be_visible()
