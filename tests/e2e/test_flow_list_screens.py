"""The list of flows with folders, tags and filters that a link shares; and who answers on a channel."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.installation import Installation
from tests.e2e.people import Agent
from tests.e2e.screens import barriers, complaints_of, overflow

pytestmark = pytest.mark.timeout(120)
CHAT = "Chat do site"


@pytest.fixture
def author(installation: Installation, browser: Browser) -> Iterator[Page]:
    context = person(browser)
    yield sign_in(context, installation, installation.login("administrator"))
    context.close()


@pytest.fixture
def client(installation: Installation) -> httpx.Client:
    """The API as an administrator has it."""
    return Agent(installation, installation.login("administrator")).client


def greeting(client: httpx.Client, name: str, text: str) -> dict:
    """A published chatbot that says `text` to whoever writes."""
    made = client.post("/flows", json={"name": name}).json()
    document = made["document"]
    document["nodes"].append(
        {"id": "diz", "type": "message", "label": "", "position": {"x": 0, "y": 160},
         "params": {"parts": [{"kind": "text", "text": text}]}}
    )  # fmt: skip
    document["edges"].append({"source": document["nodes"][0]["id"], "port": "next", "target": "diz"})
    client.put(f"/flows/{made['id']}/draft", json={"document": document, "revision": 1}).raise_for_status()
    published = client.post(f"/flows/{made['id']}/versions", json={"revision": 2, "accept_warnings": True})
    assert published.status_code == 201, published.text
    return made


@pytest.fixture
def chat(client: httpx.Client) -> Iterator[str]:
    """The address of the web chat's flows; afterwards those answer there that did before."""
    key = next(each["key"] for each in client.get("/channels").json()["channels"] if each["kind"] == "webchat")
    path = f"/channels/{key}/flows"
    before = [
        {name: each[name] for name in ("flow", "hours", "any_message", "keywords")}
        for each in client.get(path).json()["flows"]
    ]
    yield path
    client.put(path, json={"flows": before}).raise_for_status()


def row(page: Page, name: str):
    return page.get_by_role("row").filter(has_text=name)


def test_flows_are_put_in_folders_and_found_again_by_a_link(
    installation: Installation, author: Page, client: httpx.Client
) -> None:
    mark = uuid4().hex[:6]
    names = [f"{what} {mark}" for what in ("Recepção", "Boleto", "Retorno")]
    for name in names:
        client.post("/flows", json={"name": name})
    heard = complaints_of(author)
    author.goto(f"{installation.address}/flows?q={mark}")
    chatbots = [each for each in client.get("/flows").json()["flows"] if each["kind"] == "chatbot"]
    expect(author.get_by_text(f"3 de {len(chatbots)}")).to_be_visible()

    # A folder; one flow is dragged into it, two are chosen and go there by the keyboard.
    author.get_by_role("button", name="Nova pasta").click()
    author.get_by_label("Nome", exact=True).fill(f"Pasta {mark}")
    author.keyboard.press("Enter")
    folder = author.get_by_role("navigation", name="Pastas").get_by_role("link", name=f"Pasta {mark}")
    row(author, names[0]).drag_to(folder)
    expect(author.get_by_text(f"{names[0]} foi para Pasta {mark}")).to_be_visible()
    for name in names[1:]:
        author.get_by_label(f"Escolher {name}").press("Space")
    author.get_by_role("toolbar").get_by_role("button", name="Mover para").press("Enter")
    author.get_by_role("combobox", name="Buscar pasta").fill(mark)
    author.keyboard.press("Enter")
    expect(author.get_by_text(f"2 fluxos foram para Pasta {mark}")).to_be_visible()
    expect(folder).to_contain_text("3")

    # A tag on one of them; the address shares what is found.
    row(author, names[1]).hover()
    author.get_by_role("button", name=f"Mais sobre {names[1]}").click()
    author.get_by_role("menuitem", name="Etiquetas").click()
    author.get_by_role("combobox", name="Etiquetas").fill(f"t{mark}")
    author.keyboard.press("Enter")
    author.get_by_role("button", name="Salvar etiquetas").click()
    folder.click()
    author.get_by_role("button", name="Etiqueta Todas").click()
    author.get_by_role("menuitemradio", name=f"t{mark}").click()
    expect(author.get_by_role("row")).to_have_count(2)
    shared = author.context.new_page()
    shared.goto(author.url)
    expect(row(shared, names[1])).to_be_visible()
    expect(shared.get_by_role("row")).to_have_count(2)
    shared.set_viewport_size({"width": 768, "height": 1024})
    assert barriers(shared) == []
    assert overflow(shared) == 0
    shared.close()

    # The folder goes, its flows stay; undone, they lie in it again.
    folder.hover()
    author.get_by_role("button", name=f"Mais sobre a pasta Pasta {mark}").click()
    author.get_by_role("menuitem", name="Excluir pasta, deixar 3 fluxos sem pasta").click()
    expect(author.get_by_text("3 fluxos ficaram sem pasta")).to_be_visible()
    author.get_by_role("button", name="Desfazer").click()
    expect(folder).to_contain_text("3")
    assert heard == []


def test_who_answers_is_decided_on_the_channel_and_met_by_a_visitor(
    installation: Installation, browser: Browser, author: Page, client: httpx.Client, chat: str
) -> None:
    mark = uuid4().hex[:6]
    first, second = f"Primeiro {mark}", f"Segundo {mark}"
    flows = [greeting(client, first, f"Sou o primeiro {mark}."), greeting(client, second, f"Sou o segundo {mark}.")]
    client.put(chat, json={"flows": [{"flow": flow["key"]} for flow in flows]}).raise_for_status()
    heard = complaints_of(author)

    author.goto(f"{installation.address}/flows?q={mark}")
    row(author, second).get_by_role("link", name=CHAT).click()
    pane = author.get_by_role("complementary", name=CHAT)
    expect(pane.get_by_text(f"Nunca responde a qualquer mensagem: “{first}” responde antes.")).to_be_visible()
    assert barriers(author) == []
    pane.get_by_role("button", name=f"Subir {second}").press("Enter")
    expect(pane.get_by_text(f"Nunca responde a qualquer mensagem: “{second}” responde antes.")).to_be_visible()
    card = pane.get_by_role("listitem", name=first)
    card.get_by_label("Responde a qualquer mensagem").uncheck()
    card.get_by_role("combobox", name="Palavras-chave deste canal").fill("segunda via")
    author.keyboard.press("Enter")
    pane.get_by_role("button", name="Salvar").click()
    expect(author.get_by_text(f"Você mudou quem responde em {CHAT}")).to_be_visible()

    for said, answer in (("bom dia", f"Sou o segundo {mark}."), ("Quero a SEGUNDA via!", f"Sou o primeiro {mark}.")):
        context = person(browser)
        visitor = context.new_page()
        visitor.goto(f"{installation.address}/chat")
        visitor.get_by_role("button", name="Abrir a conversa").click()
        visitor.get_by_role("textbox").fill(said)
        visitor.keyboard.press("Enter")
        expect(visitor.get_by_role("log").get_by_text(answer)).to_be_visible()
        context.close()

    author.goto(f"{installation.address}/flows?q={mark}")
    expect(row(author, first).get_by_role("link", name=f"{CHAT} · só palavras-chave")).to_be_visible()
    assert heard == []
