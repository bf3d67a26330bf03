"""Two people at the inbox: who takes first has it, what is handed over arrives with its note, notes stay inside."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact

pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def caio(installation: Installation, browser: Browser) -> Iterator[Page]:
    """Of support."""
    context = person(browser)
    yield sign_in(context, installation, installation.login("agent", 1))
    context.close()


@pytest.fixture
def marina_context(browser: Browser) -> Iterator[BrowserContext]:
    context = person(browser)
    yield context
    context.close()


@pytest.fixture
def marina(installation: Installation, marina_context: BrowserContext) -> Page:
    """Sees every team."""
    return sign_in(marina_context, installation, installation.login("administrator"))


@pytest.fixture
def renata(installation: Installation) -> Contact:
    """In the queue of support."""
    contact = Contact(installation, uuid4().hex)
    contact.write("oi", name=name_of(contact))
    contact.hears(2)
    contact.write("falar com atendente")
    Agent(installation, installation.login("agent", 1)).finds("new", name_of(contact))
    return contact


def name_of(contact: Contact) -> str:
    return f"Renata {contact.sender[:6]}"


def open_talk(page: Page, contact: Contact) -> None:
    page.get_by_text(name_of(contact)).first.click()
    expect(page.get_by_role("log").get_by_text("falar com atendente", exact=True)).to_be_visible()


def take(page: Page) -> None:
    page.get_by_role("button", name="Assumir").first.click()
    expect(page.get_by_placeholder("Escreva para Renata")).to_be_focused()


def test_who_takes_second_is_told_who_was_first(
    caio: Page, marina_context: BrowserContext, marina: Page, renata: Contact
) -> None:
    open_talk(caio, renata)
    marina_context.route("**/api/v1/live", lambda route: route.abort())  # she does not hear in time
    marina.reload()
    open_talk(marina, renata)

    take(caio)
    marina.get_by_role("button", name="Assumir").first.click()

    expect(marina.get_by_text("Caio Lemos assumiu antes de você")).to_be_visible()
    expect(marina.get_by_text("Com Caio Lemos")).to_be_visible()


def test_the_other_screen_follows_without_a_click(caio: Page, marina: Page, renata: Contact) -> None:
    open_talk(caio, renata)
    open_talk(marina, renata)

    take(caio)
    expect(marina.get_by_text("Com Caio Lemos")).to_be_visible()
    caio.keyboard.type("Oi, aqui é o Caio.")
    caio.keyboard.press("Enter")
    expect(marina.get_by_role("log").get_by_text("Oi, aqui é o Caio.")).to_be_visible()
    renata.write("Oi, Caio!")
    for page in (caio, marina):
        expect(page.get_by_role("log").get_by_text("Oi, Caio!")).to_be_visible()


def test_a_note_stays_inside(caio: Page, marina: Page, renata: Contact) -> None:
    open_talk(caio, renata)
    open_talk(marina, renata)
    take(caio)
    told = len(renata.heard())

    caio.keyboard.press("Escape")
    caio.keyboard.press("n")
    caio.get_by_placeholder("Escreva para a equipe").fill("Cliente antiga, tratar com carinho")
    caio.keyboard.press("Enter")
    expect(marina.get_by_role("log").get_by_text("Cliente antiga, tratar com carinho")).to_be_visible()
    caio.get_by_role("tab", name="Responder").click()
    caio.get_by_placeholder("Escreva para Renata").fill("Já vejo isso para você.")
    caio.keyboard.press("Enter")

    assert renata.hears(told + 1)[told:] == ["Já vejo isso para você."]


def test_what_is_handed_over_arrives_with_its_note(
    installation: Installation, browser: Browser, caio: Page, renata: Contact
) -> None:
    context = person(browser)
    joana = sign_in(context, installation, installation.login("agent"))
    open_talk(caio, renata)
    take(caio)

    caio.keyboard.press("Escape")
    caio.keyboard.press("t")
    dialog = caio.get_by_role("dialog", name="Transferir conversa")
    dialog.get_by_placeholder("Buscar equipe ou pessoa").fill("joana")
    dialog.get_by_role("radio", name="Joana").click()
    dialog.get_by_label("Nota para quem recebe").fill("Quer trocar a mesa")
    dialog.get_by_role("button", name="Transferir para Joana").click()
    expect(caio.get_by_text("Transferida para Joana").first).to_be_visible()

    joana.get_by_role("link", name="Meus").click()
    joana.get_by_text(name_of(renata)).first.click()
    expect(joana.get_by_role("log").get_by_text("Quer trocar a mesa")).to_be_visible()
    assert "Quer trocar a mesa" not in str(renata.heard())
    context.close()
    agent = Agent(installation, installation.login("agent"))
    agent.act(agent.finds("mine", name_of(renata)), "finish")


def test_a_talk_is_finished_with_a_reason_and_asks_for_its_rating(caio: Page, renata: Contact) -> None:
    open_talk(caio, renata)
    take(caio)
    told = len(renata.heard())

    caio.keyboard.press("Escape")
    caio.keyboard.press("e")
    caio.get_by_role("dialog").get_by_label("Motivo").fill("Resolvido")
    caio.keyboard.press("Enter")

    expect(caio.get_by_text(f"Conversa com {name_of(renata)} concluída")).to_be_visible()
    assert "que nota você dá" in renata.hears(told + 1)[told]
