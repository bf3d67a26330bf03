"""Files in flows: chosen, dropped or pasted in a form, seen in the simulator, in the web chat and at the desk."""

import base64
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card
from tests.e2e.installation import Installation
from tests.e2e.people import Agent
from tests.e2e.screens import barriers, complaints_of, overflow
from tests.files.test_media_types import png
from tests.turns.shop import flow, wire

pytestmark = pytest.mark.timeout(180)

# A transfer of a file as browsers make it when one is dropped or pasted.
HAND_OVER = """(place, [event, name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name, { type: 'image/png' }));
    place.dispatchEvent(
        event === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent(event, { dataTransfer: data, bubbles: true, cancelable: true }),
    );
}"""


@pytest.fixture
def drawn(installation: Installation) -> dict[str, Any]:
    """A flow of one's own that is to send a picture and has none yet."""
    author = Agent(installation, installation.login("administrator"))
    parts = [{"kind": "text", "text": "Veja:"}, {"kind": "image", "url": ""}]
    show = {"id": "mostra", "type": "message", "label": "Cardápio", "params": {"parts": parts}}
    key = f"fotos_{uuid4().hex[:6]}"
    document = flow([show], wire("start.next>mostra"), key=key, name=key, settings={"default_team": "suporte"})
    made = author.client.post("/flows", json={"name": key, "document": document})
    assert made.status_code == 201, made.text
    result: dict[str, Any] = made.json()
    return result


@pytest.fixture
def author(installation: Installation, browser: Browser, drawn: dict[str, Any]) -> Iterator[Page]:
    context = person(browser)
    page = sign_in(context, installation, installation.login("administrator"))
    page.goto(f"{installation.address}/flows/{drawn['id']}")
    card(page, "Cardápio").click()
    yield page
    context.close()


def picture(colour: int) -> dict[str, Any]:
    """One that no other test has; its name says which."""
    return {"name": f"foto-{colour}.png", "mimeType": "image/png", "buffer": png(40 + colour, 30) + uuid4().bytes}


def field(author: Page) -> Locator:
    return author.get_by_role("group", name="Arquivo", exact=True)


def hand_over(author: Page, event: str, file: dict[str, Any]) -> None:
    content = base64.b64encode(file["buffer"]).decode()
    field(author).locator(".media").evaluate(HAND_OVER, [event, file["name"], content])


def is_drawn(image: Locator) -> None:
    """The picture is there, and the browser could read it."""
    expect(image).to_be_visible()
    expect(image).not_to_have_js_property("naturalWidth", 0)


def test_a_picture_chosen_in_the_form_reaches_the_visitor_of_the_web_chat(
    author: Page, browser: Browser, installation: Installation, drawn: dict[str, Any]
) -> None:
    complaints = complaints_of(author)
    with author.expect_file_chooser() as chooser:
        field(author).get_by_role("button", name="Escolher imagem").press("Enter")
    chooser.value.set_files([picture(1)])
    is_drawn(field(author).get_by_role("img", name="Prévia de foto-1.png"))
    expect(field(author)).to_contain_text("PNG · ")
    expect(author.get_by_text("Salvo")).to_be_visible()
    assert barriers(author) == []
    assert overflow(author) == 0

    author.get_by_role("button", name="Simular").click()
    author.get_by_role("textbox", name="Escreva como o contato").fill("Oi")
    author.keyboard.press("Enter")
    is_drawn(author.get_by_role("img", name="foto-1.png", exact=True))

    code = author.request.fetch(
        f"{installation.address}/api/v1/flows/{drawn['id']}/test", method="POST", headers=token(author, installation)
    ).json()["code"]
    context = person(browser)
    visitor = context.new_page()
    visitor.goto(f"{installation.address}/chat")
    visitor.get_by_role("button", name="Abrir a conversa").click()
    visitor.get_by_role("textbox").fill(code)
    visitor.keyboard.press("Enter")
    is_drawn(visitor.get_by_role("img", name="foto-1.png"))
    with context.expect_page() as opened:
        visitor.get_by_role("link").filter(has=visitor.get_by_role("img", name="foto-1.png")).click()
    is_drawn(opened.value.locator("img"))
    context.close()
    assert complaints == []


def test_a_picture_is_dropped_replaced_by_a_pasted_one_and_by_an_address(author: Page) -> None:
    hand_over(author, "drop", picture(2))
    is_drawn(field(author).get_by_role("img", name="Prévia de foto-2.png"))
    expect(card(author, "Cardápio")).not_to_contain_text("file:")
    hand_over(author, "paste", picture(3))
    is_drawn(field(author).get_by_role("img", name="Prévia de foto-3.png"))
    field(author).get_by_role("button", name="Remover").click()
    expect(field(author).get_by_role("button", name="Escolher imagem")).to_be_focused()
    field(author).get_by_role("button", name="Usar um endereço da internet").click()
    expect(author.get_by_label("Endereço do arquivo")).to_be_focused()
    author.keyboard.type("https://loja.example/{{ vars.foto }}.png")
    expect(author.get_by_text("Salvo")).to_be_visible()
    field(author).get_by_role("button", name="Enviar um arquivo").click()
    expect(field(author).get_by_role("button", name="Escolher imagem")).to_be_focused()


def token(page: Page, installation: Installation) -> dict[str, str]:
    return {"X-CSRF-Token": page.request.get(f"{installation.address}/api/v1/csrf").json()["token"]}
