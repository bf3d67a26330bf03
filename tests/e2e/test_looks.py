"""Every screen, both languages, light and dark: nothing serious for axe, a quiet console, no wider than a tablet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person
from tests.e2e.canvas import open_demo
from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact
from tests.e2e.screens import barriers, complaints_of, overflow
from tests.e2e.words import Language, words

pytestmark = pytest.mark.timeout(180)
TABLET = {"width": 768, "height": 1024}
Scheme = Literal["light", "dark"]


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


@dataclass(frozen=True)
class Onlooker:
    """A page of somebody who reads one language, by day or by night."""

    page: Page
    address: str
    language: Language
    waiting: str  # who is in the queue of support, by name: others may wait there too

    def says(self, key: str, **values: object) -> str:
        return words(self.language, key, **values)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def button(self, key: str) -> Locator:
        return self.page.get_by_role("button", name=self.says(key), exact=True).first

    def choose(self, key: str) -> None:
        """In the menu that has just opened."""
        self.page.get_by_role("menuitem", name=self.says(key)).first.click()


@pytest.fixture(scope="module", params=["pt-BR", "en"])
def language(request: pytest.FixtureRequest, installation: Installation) -> Iterator[Language]:
    """What the administrator reads, and afterwards Portuguese again."""
    client = Agent(installation, installation.login("administrator")).client
    assert client.patch("/session", json={"language": request.param}).is_success
    yield request.param
    client.patch("/session", json={"language": "pt-BR"})


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    chosen: Scheme = request.param
    return chosen


@pytest.fixture(scope="module")
def signed_in(installation: Installation, browser: Browser, language: Language, scheme: Scheme) -> Iterator[Page]:
    """Kept open for all screens of this look, so that signing in is done four times and not a hundred."""
    context = person(browser, scheme=scheme, language=language)
    page = context.new_page()
    page.goto(f"{installation.address}/login")
    login = installation.login("administrator")
    page.get_by_label(words(language, "common:login.email")).fill(login["email"])
    page.get_by_label(words(language, "common:login.password"), exact=True).fill(login["password"])
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=words(language, "inbox:title")).wait_for()
    yield page
    context.close()


def flows(see: Onlooker) -> None:
    see.go("/flows")
    expect(see.page.get_by_role("table")).to_be_visible()


def new_flow(see: Onlooker) -> None:
    flows(see)
    see.button("flows:new.act").click()
    see.page.get_by_role("radio", name="Atendimento inicial").check()
    expect(see.page.get_by_role("img", name="Atendimento inicial")).to_be_visible()


def builder(see: Onlooker) -> None:
    open_demo(see.page, see.address)
    expect(see.page.get_by_text("Como podemos ajudar?", exact=True)).to_be_visible()


def inspector(see: Onlooker) -> None:
    builder(see)
    see.page.get_by_text("Como podemos ajudar?", exact=True).click()
    expect(see.page.get_by_role("complementary", name=see.says("builder:inspector.label"), exact=True)).to_be_visible()


def palette(see: Onlooker) -> None:
    builder(see)
    see.page.locator(".bld-group").nth(1).click()
    expect(see.page.get_by_role("option").first).to_be_visible()


def flow_settings(see: Onlooker) -> None:
    builder(see)
    see.button("builder:top.more").click()
    see.choose("builder:actions.settings")
    expect(see.page.get_by_role("complementary", name=see.says("builder:settings.title"))).to_be_visible()


def drafts(see: Onlooker) -> None:
    builder(see)
    see.button("builder:top.more").click()
    see.choose("builder:actions.drafts")
    expect(see.page.get_by_role("heading", name=see.says("builder:drafts.title"))).to_be_visible()


def history(see: Onlooker) -> None:
    builder(see)
    see.page.get_by_text(see.says("builder:actions.history"), exact=True).first.click()
    expect(see.page.get_by_text(see.says("builder:history.version", number=1)).first).to_be_visible()


def results(see: Onlooker) -> None:
    builder(see)
    see.page.get_by_text(see.says("builder:actions.results"), exact=True).first.click()
    expect(see.page.locator(".cv-counts").first).to_be_visible()


def simulator(see: Onlooker) -> None:
    builder(see)
    see.button("builder:actions.simulate").click()
    expect(see.page.get_by_role("complementary", name=see.says("simulator:title"))).to_be_visible()


def commands(see: Onlooker) -> None:
    builder(see)
    see.page.keyboard.press("Control+k")
    expect(see.page.get_by_role("option").first).to_be_visible()


def shortcuts(see: Onlooker) -> None:
    builder(see)
    see.page.keyboard.press("?")
    expect(see.page.get_by_role("dialog", name=see.says("builder:shortcuts.title"))).to_be_visible()


def publishing(see: Onlooker) -> None:
    builder(see)
    see.button("builder:top.publish").click()
    expect(see.page.get_by_role("region", name=see.says("builder:changes.label"))).to_be_visible()


def inbox(see: Onlooker) -> None:
    see.go("/inbox?view=new")
    see.page.get_by_text(see.waiting).first.click()
    expect(see.page.get_by_role("log").get_by_text("falar com atendente", exact=True)).to_be_visible()


def handing_over(see: Onlooker) -> None:
    inbox(see)
    see.button("inbox:transfer.do").click()
    expect(see.page.get_by_role("dialog").get_by_role("radio").first).to_be_visible()


def contacts(see: Onlooker) -> None:
    see.go("/contacts")
    expect(see.page.get_by_role("table", name=see.says("contacts:title"))).to_be_visible()


def new_contact(see: Onlooker) -> None:
    contacts(see)
    see.button("contacts:new.act").click()
    expect(see.page.get_by_role("dialog")).to_be_visible()


def contact(see: Onlooker) -> None:
    contacts(see)
    see.page.get_by_role("link", name=see.waiting).first.click()
    expect(see.page.get_by_role("complementary", name=see.says("contacts:standings"))).to_be_visible()


def hours(see: Onlooker) -> None:
    see.go("/settings/hours/padrao")
    expect(see.page.locator(".set-form, form").first).to_be_visible()


def stages(see: Onlooker) -> None:
    see.go("/settings/pipelines/vendas")
    expect(see.page.locator(".option-title, .option").first).to_be_visible()


SCREENS: list[Callable[[Onlooker], None]] = [
    *(flows, new_flow),
    *(builder, inspector, palette, flow_settings, drafts, history, results, simulator, commands, shortcuts, publishing),
    *(inbox, handing_over, contacts, new_contact, contact, hours, stages),
]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__name__)
def test_a_screen_stands_in_nobodys_way(
    installation: Installation, signed_in: Page, language: Language, waiting: str, screen: Callable[[Onlooker], None]
) -> None:
    page = signed_in.context.new_page()
    complaints = complaints_of(page)

    screen(Onlooker(page, installation.address, language, waiting))

    assert barriers(page) == []
    page.set_viewport_size(TABLET)
    assert overflow(page) == 0
    assert complaints == []
    page.close()


def test_no_list_of_the_settings_stands_in_anybodys_way(
    installation: Installation, signed_in: Page, language: Language
) -> None:
    page = signed_in.context.new_page()
    complaints = complaints_of(page)
    page.goto(f"{installation.address}/settings/tags")
    entries = page.locator(".set-entry")
    expect(entries.first).to_be_visible()

    found = {}
    for entry in entries.all():
        entry.click()
        expect(page.locator(".set-nav + *")).to_be_visible()
        expect(page.get_by_text(words(language, "common:loading"))).to_have_count(0)
        found[entry.inner_text()] = barriers(page)

    assert {title: sentences for title, sentences in found.items() if sentences} == {}
    assert complaints == []
    page.close()


def test_nobody_is_kept_out_at_the_door(
    installation: Installation, browser: Browser, language: Language, scheme: Scheme
) -> None:
    context = person(browser, scheme=scheme, language=language)
    page = context.new_page()
    complaints = complaints_of(page)

    page.goto(f"{installation.address}/login")
    page.get_by_role("button", name=words(language, "common:login.submit"), exact=True).click()
    expect(page.get_by_text(words(language, "common:login.noEmail"))).to_be_visible()
    at_the_door = barriers(page)
    page.goto(f"{installation.address}/chat")
    page.get_by_role("button").first.click()
    page.get_by_role("textbox").fill("Olá")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Vendas", exact=True)).to_be_visible()

    assert at_the_door + barriers(page) == []
    page.set_viewport_size(TABLET)
    assert overflow(page) == 0
    assert complaints == []
    context.close()
