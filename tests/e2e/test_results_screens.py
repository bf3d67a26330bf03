"""What became of the runs of a flow, on its canvas: numbers, runs, one run turn by turn, and taking people out."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card
from tests.e2e.installation import Installation
from tests.e2e.people import Agent, Contact
from tests.e2e.screens import barriers, complaints_of, overflow

pytestmark = pytest.mark.timeout(120)

MENU = "Como podemos ajudar?"


@pytest.fixture(scope="module")
def flow(installation: Installation) -> str:
    """The demo's flow, which two people have talked with: one waits at its menu, one has asked for support."""
    waiting, asking = (Contact(installation, f"results-{uuid4().hex}") for _ in range(2))
    for contact in (waiting, asking):
        contact.write("Oi")
        contact.hears(2)
    asking.write("Suporte")
    asking.hears(3)
    rows = Agent(installation, installation.login("administrator")).client.get("/flows").json()["flows"]
    return str(next(row["id"] for row in rows if row["runs_7d"] >= 2))


def look(installation: Installation, browser: Browser, flow: str, **window: object) -> Page:
    """At the results of the flow."""
    page = sign_in(person(browser, **window), installation, installation.login("administrator"))  # type: ignore[arg-type]
    page.goto(f"{installation.address}/flows/{flow}")
    expect(card(page, MENU)).to_be_visible()
    page.get_by_role("button", name="Mais", exact=True).click()
    page.get_by_role("menuitem", name="Resultados").click()
    expect(page.locator(".cv-count").first).to_be_visible()
    return page


def results(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Resultados")


def number(text: str) -> int:
    found = re.search(r"\d+", text.replace(".", ""))
    assert found, text
    return int(found.group())


def test_the_canvas_counts_who_came_waits_and_left(installation: Installation, browser: Browser, flow: str) -> None:
    page = look(installation, browser, flow)
    complaints = complaints_of(page)

    menu = card(page, MENU)
    reached = number(menu.locator(".cv-count").last.inner_text())
    waiting = number(menu.locator(".cv-count").first.inner_text())
    menu.click()

    assert reached >= waiting >= 1  # whoever came may all be waiting
    expect(results(page).get_by_role("button", name=re.compile("^Suporte"))).to_be_visible()
    assert number(results(page).get_by_role("button", name=re.compile("^Chegaram")).inner_text()) == reached
    assert (complaints, barriers(page)) == ([], [])


def test_a_run_is_replayed_with_its_way_lit(installation: Installation, browser: Browser, flow: str) -> None:
    page = look(installation, browser, flow)
    card(page, MENU).click()
    results(page).get_by_role("button", name=re.compile("^Suporte")).click()
    results(page).get_by_role("list", name="Execuções").get_by_role("button").first.click()

    talk = page.get_by_role("log", name="Execução turno a turno")
    expect(talk).to_contain_text("Suporte")
    expect(card(page, "O problema").locator(".cv-card")).to_have_class(re.compile("is-visited"))
    page.get_by_role("button", name="Turno anterior").click()

    expect(results(page)).to_contain_text("Turno 1 de 2")
    expect(card(page, "O problema").locator(".cv-card")).not_to_have_class(re.compile("is-visited"))
    assert barriers(page) == []


def test_the_drawing_is_read_only_while_results_are_shown_and_comes_back(
    installation: Installation, browser: Browser, flow: str
) -> None:
    page = look(installation, browser, flow)
    expect(page.get_by_role("button", name="Publicar")).to_have_count(0)

    results(page).get_by_role("button", name="Fechar").click()

    expect(page.locator(".cv-count")).to_have_count(0)
    expect(page.get_by_role("button", name="Publicar")).to_be_visible()


def test_people_who_wait_are_taken_out_after_one_is_told_how_many(
    installation: Installation, browser: Browser, flow: str
) -> None:
    page = look(installation, browser, flow)
    results(page).get_by_role("tab", name="No fluxo agora").click()
    row = results(page).locator(".res-waiting", has_text=MENU)
    count = number(row.locator("b").inner_text())

    row.get_by_role("button", name=f"Encerrar em {MENU}").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"Encerrar {count} ")
    assert barriers(page) == []
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Encerrar")).click()

    expect(page.get_by_text(re.compile(rf"^{count} execuç\S+ encerrad"))).to_be_visible()
    expect(row).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 768])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_fit_and_can_be_used_by_everybody(
    installation: Installation, browser: Browser, flow: str, width: int, scheme: str
) -> None:
    page = look(installation, browser, flow, width=width, scheme=scheme)
    assert (overflow(page), barriers(page)) == (0, [])
