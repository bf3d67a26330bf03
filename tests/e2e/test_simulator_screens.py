"""The draft is talked to beside the canvas: its way lit, time moved both ways, calls answered, stories kept."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.e2e.browser import person, sign_in
from tests.e2e.canvas import card, write_text
from tests.e2e.installation import Installation
from tests.e2e.people import Agent
from tests.e2e.screens import barriers, complaints_of, overflow

pytestmark = pytest.mark.timeout(90)

ASK = "Mesa ou pedido?"


def drawing(key: str) -> dict[str, Any]:
    """A shop: a menu that leads to people, or to a system outside."""
    lookup = {
        "url": "https://loja.example/pedidos",
        "response": [{"path": "$.pedido.status", "save_to": "status", "type": "text"}],
    }
    options = [{"id": "mesa", "title": "Mesa", "synonyms": ["reserva"]}, {"id": "pedido", "title": "Pedido"}]
    wait = {"amount": 30, "unit": "minutes"}
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("inicio", "trigger", {"event": "message.received"}),
        ("escolha", "menu", {"text": ASK, "options": options, "wait": wait}),
        ("pessoas", "transfer", {"team": "suporte"}),
        ("nota", "question", {"text": "Que nota você dá?", "answer_type": "number"}),
        ("loja", "http_request", lookup),
        ("situacao", "message", {"parts": [{"kind": "text", "text": "Seu pedido: {{ vars.status }}"}]}),
        ("fora", "message", {"parts": [{"kind": "text", "text": "A loja está fora do ar."}]}),
        ("adeus", "message", {"parts": [{"kind": "text", "text": "Até logo, {{ contact.name }}!"}]}),
    ]
    wires = [
        ("inicio", "next", "escolha"), ("escolha", "mesa", "pessoas"), ("escolha", "pedido", "loja"),
        ("escolha", "no_reply", "adeus"), ("pessoas", "finished", "nota"), ("nota", "answered", "adeus"),
        ("loja", "success", "situacao"), ("loja", "failed", "fora"),
    ]  # fmt: skip
    labels = {
        "inicio": "Começo",
        "escolha": "Escolha",
        "pessoas": "Gente",
        "nota": "Nota",
        "loja": "Loja",
        "fora": "Desculpa",
    }
    return {
        "format": "flowengine/flow", "format_version": 1, "kind": "chatbot", "key": key, "name": f"Loja {key}",
        "language": "pt-BR", "settings": {"default_team": "suporte"},
        "nodes": [
            {"id": id, "type": type, "label": labels.get(id, id), "params": params,
             "position": {"x": 324 * (place // 3), "y": 260 * (place % 3)}}
            for place, (id, type, params) in enumerate(steps)
        ],
        "edges": [{"source": source, "port": port, "target": target} for source, port, target in wires],
    }  # fmt: skip


def _speaking(route: Route, language: str) -> None:
    """The session as it is, of somebody who chose this language."""
    answer = route.fetch()
    session = answer.json()
    session["user"]["language"] = language
    route.fulfill(response=answer, json=session)


@pytest.fixture
def shop(installation: Installation) -> str:
    """The id of a flow of one's own."""
    client = Agent(installation, installation.login("administrator")).client
    key = f"loja_{uuid4().hex[:6]}"
    answer = client.post("/flows", json={"name": key, "document": drawing(key)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture
def author(installation: Installation, browser: Browser, shop: str) -> Iterator[Page]:
    """In the shop's drawing, with the simulator open."""
    context = person(browser)
    page = sign_in(context, installation, installation.login("administrator"))
    page.goto(f"{installation.address}/flows/{shop}")
    expect(card(page, "Escolha")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(simulator(page)).to_be_visible()
    yield page
    context.close()


def simulator(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Simulador")


def talk(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversa simulada")


def say(page: Page, text: str) -> None:
    field = page.get_by_role("textbox", name="Escreva como o contato")
    field.fill(text)
    field.press("Enter")


def press(page: Page, option: str) -> None:
    talk(page).get_by_role("button", name=option, exact=True).last.click()


def let_pass(page: Page, time: str) -> None:
    page.get_by_role("button", name="Tempo").click()
    page.get_by_role("menuitem", name=time).click()


def reasons(page: Page) -> Locator:
    return page.get_by_role("tabpanel", name="Por quê")


def visited(page: Page) -> list[str]:
    """The steps on the way, in the order of their numbers."""
    cards = page.locator(".cv-card.is-visited")
    found = [
        (int(each.locator(".cv-step").inner_text()), each.locator(".cv-name").inner_text()) for each in cards.all()
    ]
    return [name for _, name in sorted(found)]


def keep_story(page: Page, name: str) -> None:
    page.get_by_role("button", name="Salvar história").click()
    page.get_by_label("Nome da história").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"História “{name}” salva")).to_be_visible()


def test_a_talk_lights_its_way_and_says_why(author: Page) -> None:
    say(author, "oi")
    expect(talk(author).get_by_text(ASK)).to_be_visible()
    assert visited(author) == ["Começo", "Escolha"]
    expect(card(author, "Escolha").locator(".cv-card")).to_have_class(re.compile("is-running"))

    say(author, "reserva")

    expect(author.get_by_role("region", name="Um atendente tem a conversa")).to_be_visible()
    expect(reasons(author)).to_contain_text("Escolha → Mesa porque o contato escreveu um sinônimo da opção")
    assert visited(author) == ["Começo", "Escolha", "Gente"]
    assert author.locator(".cv-wire.is-passed").count() == 2
    author.get_by_role("tab", name="Efeitos").click()
    expect(author.get_by_role("tabpanel", name="Efeitos")).to_contain_text("Passar a pessoas")
    author.get_by_role("button", name="Concluir atendimento").click()
    expect(talk(author).get_by_text("Que nota você dá?")).to_be_visible()


def test_time_is_turned_back_and_the_talk_goes_on_differently(author: Page) -> None:
    say(author, "oi")
    press(author, "Mesa")
    expect(author.get_by_role("region", name="Um atendente tem a conversa")).to_be_visible()

    talk(author).get_by_role("button", name="Turno 1").click()
    expect(author.get_by_text("Você voltou ao turno 1")).to_be_visible()
    assert visited(author) == ["Começo", "Escolha"]
    let_pass(author, "Até o próximo prazo")

    expect(talk(author).get_by_text("Até logo, Renata Vasques!")).to_be_visible()
    assert visited(author) == ["Começo", "Escolha", "adeus"]
    author.get_by_role("button", name="Desfazer", exact=True).click()
    expect(author.get_by_role("region", name="Um atendente tem a conversa")).to_be_visible()
    author.get_by_role("button", name="Voltar", exact=True).click()
    expect(author.get_by_text("Você voltou ao turno 1")).to_be_visible()
    author.get_by_role("button", name="Avançar").click()
    expect(author.get_by_text("Você voltou")).to_have_count(0)


def test_the_clock_is_moved_and_silence_has_its_way(author: Page) -> None:
    say(author, "oi")
    expect(talk(author).get_by_text("Esperando em “Escolha” até")).to_be_visible()

    let_pass(author, "Deixar passar 10 minutos")
    expect(talk(author).get_by_text("Passou: 10 minutos")).to_be_visible()
    let_pass(author, "Até o próximo prazo")

    expect(talk(author).get_by_text("Passou: 20 minutos")).to_be_visible()
    expect(talk(author).get_by_text("Até logo, Renata Vasques!")).to_be_visible()
    expect(reasons(author)).to_contain_text("porque o contato não respondeu no prazo")


def test_what_a_system_outside_answers_is_made_up(author: Page) -> None:
    say(author, "oi")
    press(author, "Pedido")
    asked = author.get_by_role("region", name="O que “Loja” recebe como resposta")
    expect(asked).to_contain_text("GET https://loja.example/pedidos")

    asked.get_by_role("button", name="Escrever").click()
    expect(asked.get_by_label("Corpo (JSON ou texto)")).to_have_value('{\n  "pedido": {\n    "status": ""\n  }\n}')
    asked.get_by_label("Corpo (JSON ou texto)").fill('{"pedido": {"status": "a caminho"}}')
    asked.get_by_role("button", name="Responder").click()
    expect(talk(author).get_by_text("Seu pedido: a caminho")).to_be_visible()
    author.get_by_role("tab", name="Variáveis").click()
    expect(author.get_by_role("tabpanel", name="Variáveis")).to_contain_text("a caminho")

    author.get_by_role("button", name="Mudar a resposta de Loja").click()
    asked.get_by_label("O que acontece").click()
    author.get_by_role("option", name="Não responde a tempo").click()
    asked.get_by_role("button", name="Responder").click()

    expect(talk(author).get_by_text("A loja está fora do ar.")).to_be_visible()
    author.get_by_role("tab", name="Por quê").click()
    expect(reasons(author)).to_contain_text("Loja → Falhou porque não veio resposta a tempo")


def test_what_is_drawn_anew_is_played_anew_before_it_is_saved(author: Page) -> None:
    say(author, "oi")
    expect(talk(author).get_by_text(ASK)).to_be_visible()
    author.route("**/draft", lambda route: route.abort())

    card(author, "Escolha").click()
    write_text(author, "Diga: ")
    author.get_by_role("complementary", name="Etapa", exact=True).get_by_role("button", name="Fechar").click()

    expect(talk(author).get_by_text("Diga: ")).to_be_visible()


def test_a_channel_without_buttons_shows_numbers(author: Page) -> None:
    say(author, "oi")
    expect(talk(author).get_by_role("button", name="Mesa", exact=True)).to_be_visible()

    author.get_by_role("combobox", name="Canal").click()
    author.get_by_role("option", name="WhatsApp (não oficial)").click()

    expect(talk(author).get_by_text("2. Pedido")).to_be_visible()
    expect(talk(author).get_by_role("button", name="Mesa", exact=True)).to_have_count(0)
    say(author, "1")
    expect(reasons(author)).to_contain_text("porque o contato escreveu o número da opção")


def test_a_talk_is_kept_as_a_story_and_tells_when_the_flow_no_longer_does_so(author: Page) -> None:
    say(author, "oi")
    press(author, "Pedido")
    author.get_by_role("region", name="O que “Loja” recebe").get_by_role("button", name="Falhou").click()
    expect(talk(author).get_by_text("A loja está fora do ar.")).to_be_visible()
    keep_story(author, "Loja fora do ar")

    author.get_by_role("tab", name="Histórias").click()
    author.get_by_role("button", name="Rodar todas").click()
    expect(author.get_by_text("1 acontece como escrita")).to_be_visible()
    expect(author.get_by_text("Passam por 4 de 8 etapas")).to_be_visible()

    author.get_by_role("tab", name="Conversa").click()
    card(author, "Desculpa").click()
    write_text(author, "Desculpe. ")
    author.get_by_role("complementary", name="Etapa", exact=True).get_by_role("button", name="Fechar").click()
    author.get_by_role("tab", name="Histórias").click()
    author.get_by_role("button", name="Rodar todas").click()

    expect(author.get_by_text("1 falhou")).to_be_visible()
    story = author.get_by_role("listitem").filter(has_text="Loja fora do ar")
    expect(story).to_contain_text("Troca 2 (toca em “pedido”): o bot não disse o que estava escrito")
    expect(story.locator("del")).to_have_text("A loja está fora do ar.")
    story.get_by_role("button", name="Tocar").click()
    expect(talk(author).get_by_text("Desculpe.")).to_be_visible()
    keep_story(author, "Loja fora do ar")
    author.get_by_role("tab", name="Histórias").click()
    author.get_by_role("button", name="Rodar todas").click()
    expect(author.get_by_text("1 acontece como escrita")).to_be_visible()


def test_whoever_talks_is_made_up(author: Page) -> None:
    author.get_by_role("button", name="Contato: Renata Vasques").click()
    author.get_by_label("Nome", exact=True).fill("Ivo Prado")
    author.keyboard.press("Escape")
    say(author, "oi")
    let_pass(author, "Deixar passar 1 hora")

    expect(talk(author).get_by_text("Até logo, Ivo Prado!")).to_be_visible()


def test_a_step_is_seen_as_a_channel_shows_it(author: Page) -> None:
    card(author, "Escolha").click()
    form = author.get_by_role("complementary", name="Etapa", exact=True)
    form.get_by_role("button", name="Prévia no canal").click()
    expect(form.get_by_role("button", name="Pedido", exact=True)).to_be_disabled()
    write_text(author, "Bom dia! ")
    expect(form.locator(".on-channel-talk")).to_contain_text("Bom dia!")


def test_the_draft_answers_in_the_web_chat_whoever_sends_its_code(
    installation: Installation, browser: Browser, author: Page
) -> None:
    simulator(author).get_by_text("Celular", exact=True).click()
    simulator(author).get_by_role("button", name="Criar um código").click()
    code = simulator(author).locator("code").inner_text()

    visitor = person(browser)
    chat = visitor.new_page()
    chat.goto(
        f"{installation.address}{simulator(author).get_by_role('link', name='Chat do site').get_attribute('href')}"
    )
    chat.get_by_role("button", name="Abrir a conversa").click()
    for said, heard in ((code, ASK), ("#fim", "Teste encerrado."), (code, ASK), ("Pedido", "A loja está fora do ar.")):
        chat.get_by_role("textbox").fill(said)
        chat.keyboard.press("Enter")
        expect(chat.get_by_role("log").get_by_text(heard).last).to_be_visible(timeout=30_000)
    visitor.close()
    simulator(author).get_by_role("button", name="Encerrar o teste").click()
    expect(simulator(author).get_by_role("button", name="Criar um código")).to_be_visible()


def test_a_flow_that_cannot_be_played_says_what_is_wrong(
    installation: Installation, browser: Browser, author: Page, shop: str
) -> None:
    client = Agent(installation, installation.login("administrator")).client
    flow = client.get(f"/flows/{shop}").json()
    flow["document"]["nodes"][3]["params"] = {"text": "Que nota você dá?"}
    client.put(f"/flows/{shop}/draft", json={"document": flow["document"], "revision": flow["revision"]})
    author.evaluate(
        "localStorage.clear(); indexedDB.databases().then(all => all.forEach(db => indexedDB.deleteDatabase(db.name)))"
    )
    author.reload()
    author.get_by_role("button", name="Simular").click()

    say(author, "oi")

    trouble = talk(author).get_by_role("alert")
    expect(trouble).to_contain_text("Como está desenhado, o fluxo não pode ser simulado")
    trouble.get_by_role("button", name="“Nota”: falta “Tipo de resposta”").click()
    expect(author.get_by_role("complementary", name="Etapa", exact=True)).to_contain_text("Tipo de resposta")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["pt-BR", "en"])
def test_nobody_is_kept_out_of_the_simulator(
    installation: Installation, browser: Browser, shop: str, language: str, scheme: Any
) -> None:
    context = person(browser, scheme=scheme)
    page = sign_in(context, installation, installation.login("administrator"))
    complaints = complaints_of(page)
    page.route("**/api/v1/session", lambda route: _speaking(route, language))
    page.goto(f"{installation.address}/flows/{shop}")
    expect(card(page, "Escolha")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Simulador" if language == "pt-BR" else "Simulator")).to_be_visible()
    field = page.locator(".sim-box textarea")
    field.fill("oi")
    field.press("Enter")
    page.get_by_role("button", name="Pedido", exact=True).click()
    expect(page.locator(".sim-card")).to_be_visible()
    assert barriers(page) == []
    page.locator(".sim-card .mantine-Button-root").last.click()
    page.locator(".sim-answer .mantine-Button-root").last.click()
    expect(page.locator(".sim-card")).to_have_count(0)
    assert barriers(page) == []
    page.get_by_role("tab").nth(1).click()
    expect(page.locator(".ui-state")).to_be_visible()
    assert barriers(page) == []
    assert [each for each in complaints if "React Flow" not in each] == []
    context.close()


def test_the_simulator_is_usable_on_a_tablet(author: Page) -> None:
    author.set_viewport_size({"width": 768, "height": 1024})
    say(author, "oi")
    press(author, "Pedido")
    author.get_by_role("region", name="O que “Loja” recebe").get_by_role("button", name="Falhou").click()
    expect(talk(author).get_by_text("A loja está fora do ar.")).to_be_visible()
    expect(reasons(author)).to_be_visible()
    assert overflow(author) == 0
