"""What became of the runs of a flow, on its canvas: numbers, runs, tests, words nobody understood, answers."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card
from tests.e2e.installation import Installation, eventually
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
    return str(next(row["id"] for row in rows if row["key"] == "atendimento"))


def look(installation: Installation, browser: Browser, flow: str, **window: object) -> Page:
    """At the results of the flow."""
    page = sign_in(person(browser, **window), installation, installation.login("administrator"))  # type: ignore[arg-type]
    page.goto(f"{installation.address}/flows/{flow}")
    expect(page.locator(".react-flow__node").first).to_be_visible()
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


def test_runs_are_narrowed_to_a_contact_and_a_way_out(installation: Installation, browser: Browser, flow: str) -> None:
    name = f"runs-{uuid4().hex}"
    contact = Contact(installation, name)
    contact.write("Oi", name=name)
    contact.hears(2)
    contact.write("Suporte", name=name)
    contact.hears(3)
    page = look(installation, browser, flow)
    page.get_by_role("tab", name="Execuções").click()

    results(page).get_by_role("combobox", name="Contato").fill(name)
    results(page).get_by_role("option", name=name).click()
    runs = results(page).get_by_role("list", name="Execuções").get_by_role("button")
    expect(runs).to_have_count(1)
    results(page).get_by_role("combobox", name="Etapa e saída").fill(f"{MENU} → Suporte")
    results(page).get_by_role("option").first.click()
    expect(runs).to_have_count(1)
    results(page).get_by_role("combobox", name="O que aconteceu").click()
    page.get_by_role("option", name="Falhou").click()
    expect(results(page).get_by_text("Nada com estes filtros")).to_be_visible()
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
    page.get_by_role("tab", name="No fluxo agora").click()
    rows = results(page).locator(".res-waiting", has_text=MENU)
    row = rows.first  # one a version: others may have published too
    count, versions = number(row.locator("b").inner_text()), rows.count()

    row.get_by_role("button", name=f"Encerrar em {MENU}").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"Encerrar {count} ")
    assert barriers(page) == []
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Encerrar")).click()

    expect(page.get_by_text(re.compile(rf"^{count} execuç\S+ encerrad"))).to_be_visible()
    expect(rows).to_have_count(versions - 1)


@pytest.mark.parametrize("width", [1440, 768])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_fit_and_can_be_used_by_everybody(
    installation: Installation, browser: Browser, flow: str, width: int, scheme: str
) -> None:
    page = look(installation, browser, flow, width=width, scheme=scheme)
    assert (overflow(page), barriers(page)) == (0, [])


def test_words_that_were_not_understood_become_a_synonym_of_the_draft_and_undo_takes_it_back(
    installation: Installation, browser: Browser, flow: str
) -> None:
    words = f"Trambique {uuid4().hex[:8]}"
    client = Agent(installation, installation.login("administrator")).client
    contact = Contact(installation, f"results-{uuid4().hex}")
    contact.write("Oi")
    contact.hears(2)
    contact.write(words)
    contact.hears(3)
    page = look(installation, browser, flow)
    page.get_by_role("tab", name="Não entendidas").click()
    row = results(page).locator(".res-words", has_text=words)

    row.get_by_role("button", name=f"“{words}” vale como “Suporte”").click()

    expect(row).to_contain_text("O rascunho entende: Suporte")
    expect(page.get_by_text("Salvo", exact=True)).to_be_visible(timeout=20_000)
    assert words in client.get(f"/flows/{flow}").text
    assert barriers(page) == []

    page.get_by_role("button", name="Desfazer").last.click()

    expect(row.get_by_role("button", name=f"“{words}” vale como “Suporte”")).to_be_visible()
    expect(page.get_by_text("Salvo", exact=True)).to_be_visible(timeout=20_000)
    eventually(lambda: words not in client.get(f"/flows/{flow}").text, 20)


def test_answers_are_a_table_and_a_file(installation: Installation, browser: Browser, flow: str) -> None:
    page = look(installation, browser, flow)
    complaints = complaints_of(page)
    page.get_by_role("tab", name="Respostas").click()
    table = page.get_by_role("region", name="Respostas").get_by_role("table")

    expect(table.get_by_role("columnheader", name=MENU)).to_be_visible()
    expect(table.get_by_role("cell", name="Suporte").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Exportar").click()

    written = download.value.path().read_bytes()
    assert written.startswith(b"\xef\xbb\xbfContato;") and b";Suporte;" in written
    assert (complaints, barriers(page), overflow(page)) == ([], [], 0)

    table.get_by_role("button").first.click()
    expect(page.get_by_role("log", name="Execução turno a turno")).to_be_visible()


def test_a_test_says_that_it_is_too_early_to_tell(installation: Installation, browser: Browser) -> None:
    page = look(installation, browser, split_flow(installation))
    page.get_by_role("tab", name="Testes").click()

    expect(results(page)).to_contain_text("Ainda não dá para dizer")
    expect(results(page)).to_contain_text("São precisas 1.565 pessoas em cada variante")
    results(page).get_by_role("combobox", name="Diferença que vale a pena ver").click()
    page.get_by_role("option", name="10 pontos percentuais").click()

    expect(results(page)).to_contain_text("São precisas 388 pessoas em cada variante")
    assert barriers(page) == []


def split_flow(installation: Installation) -> str:
    """A flow with a split, live and walked by nobody; its id."""
    client = Agent(installation, installation.login("administrator")).client
    variants = [{"id": each, "title": each.upper(), "weight": 50} for each in "ab"]
    nodes = [
        {"id": "start", "type": "trigger", "params": {"event": "message.received"}},
        {"id": "test", "type": "split", "params": {"variants": variants, "goal": "bye"}},
        {"id": "bye", "type": "message", "params": {"parts": [{"kind": "text", "text": "Até mais"}]}},
    ]
    wires = (("start", "next"), ("test", "a"), ("test", "b"))
    targets = {"start": "test", "test": "bye"}
    key = f"teste_{uuid4().hex[:6]}"
    document = {
        "format": "flowengine/flow", "format_version": 1, "kind": "chatbot", "key": key, "name": key,
        "language": "pt-BR", "settings": {"default_team": "suporte"}, "nodes": nodes,
        "edges": [{"source": source, "port": port, "target": targets[source]} for source, port in wires],
    }  # fmt: skip
    made = client.post("/flows", json={"name": key, "document": document}).json()
    answer = client.post(f"/flows/{made['id']}/versions", json={"revision": 1, "accept_warnings": True})
    assert answer.status_code == 201, answer.text
    return str(made["id"])
