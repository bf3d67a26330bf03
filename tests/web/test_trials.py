"""What authors try before a flow runs: a text for a real contact, a request that is really sent."""

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import text

from builder_ui.app import create_app
from builder_ui.process import NAME
from tests.web.conftest import House

VALUE = "tok-s3cret-value-that-nobody-may-see"


class Shop(BaseHTTPRequestHandler):
    """Answers an order by JSON, and repeats what it was sent, the secret too."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        where = urlsplit(self.path)
        self.server.asked.append((self.command, where.path, dict(parse_qsl(where.query)), dict(self.headers), body))
        status, kind, answer = self.server.answer
        content = answer if isinstance(answer, bytes) else json.dumps(answer | {"seen": dict(self.headers)}).encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("x-echo", self.headers.get("authorization", ""))
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST  # noqa: N815 - the name is the library's

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def shop():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    server.asked = []
    server.answer = (200, "application/json", {"pedido": {"status": "enviado", "itens": [{"preco": 12.5}]}})
    server.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def app(settings, shop, tmp_path):
    """The web, whose operator lets the shop be called and nothing else that is private."""
    app = create_app(replace(settings, allow_callbacks_to=(f"127.0.0.1:{shop.server_port}",)), dist=tmp_path)
    yield app
    app.extensions[NAME].close()


@pytest.fixture
def ana(house):
    return house.browser("ana")


@pytest.fixture
def luiza(ana):
    """A contact of the account."""
    made = ana.post("/contacts", {"name": "Luiza Prado", "phone": "+5581999990000"})
    assert made.status_code == 201, made.text
    return made.json["id"]


def a_step(url, **params):
    return {"id": "loja", "type": "http_request", "params": {"url": url, **params}}


def tried(browser, house, step, **more):
    return browser.post(f"/flows/{house.flow}/try", {"step": step, **more})


def previewed(browser, house, words, **more):
    return browser.post(f"/flows/{house.flow}/preview", {"text": words, **more})


def test_a_request_is_sent_with_what_is_known_of_the_contact_and_shown_with_where_it_leads(house, ana, luiza, shop):
    step = a_step(
        shop.url + "/pedidos/{{ vars.pedido }}",
        query=[{"name": "nome", "value": "{{ contact.name | first_name }}"}],
        response=[{"path": "$.pedido.status", "save_to": "status"}],
        outcomes=[{"id": "achado", "title": "Achado", "value": "200"}],
    )
    example = {"contact": luiza, "known": {"pedido": "A 7/9"}}
    came = tried(ana, house, step, example=example).json
    ((method, path, query, headers, _),) = shop.asked
    assert (method, path, query) == ("GET", "/pedidos/A%207%2F9", {"nome": "Luiza"})
    assert headers["idempotency-key"]
    assert (came["status"], came["port"], came["sets"]) == (200, "achado", {"status": "enviado"})
    assert came["body"]["pedido"]["itens"] == [{"preco": 12.5}]
    assert came["headers"]["content-type"] == "application/json"
    assert came["lacks"] == []
    assert came["sent"]["url"] == f"{shop.url}/pedidos/A%207%2F9"


def test_a_body_of_made_up_values_arrives_as_json(house, ana, shop):
    step = a_step(
        shop.url, method="POST", body_type="json", body='{"nome": "{{ contact.name }}", "total": "{{ vars.t }}"}'
    )
    came = tried(ana, house, step, example={"world": {"contact": {"name": "Ana"}}, "known": {"t": 12.5}})
    assert came.status_code == 200, came.text
    assert json.loads(shop.asked[0][4]) == {"nome": "Ana", "total": 12.5}
    assert came.json["sent"]["body"] == {"nome": "Ana", "total": 12.5}


@pytest.mark.parametrize(
    ("scheme", "value"), [("bearer", VALUE), ("basic", f"loja:{VALUE}"), ("header", VALUE), ("query", VALUE)]
)
def test_the_secret_goes_out_and_never_comes_back(house, ana, shop, owner_engine, scheme, value):
    assert ana.post("/secrets", {"name": "loja", "value": value}).status_code == 201
    more = {"auth_name": "X-Key"} if scheme in ("header", "query") else {}
    came = tried(ana, house, a_step(shop.url, scheme=scheme, secret="loja", **more))
    assert came.status_code == 200, came.text
    _, _, query, headers, _ = shop.asked[0]
    went = {"bearer": "Authorization", "basic": "Authorization", "header": "x-key"}
    sent = (
        query["X-Key"]
        if scheme == "query"
        else {name.lower(): each for name, each in headers.items()}[went[scheme].lower()]
    )
    assert sent != "" and (scheme == "basic" or VALUE in sent)
    assert VALUE not in came.text
    assert sent.removeprefix("Basic ") not in came.text
    assert came.json["sent"]["secret"] == "loja"
    with owner_engine.connect() as connection:
        noted = "".join(str(row) for row in connection.execute(text("select a::text from audit a")))
    assert "http_tried" in noted
    assert VALUE not in noted


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:1/", "refused"),
        ("http://169.254.169.254/latest/meta-data", "refused"),
        ("file:///etc/passwd", "refused"),
        ("{{ vars.nada }}", "refused"),
    ],
)
def test_what_the_guard_bars_is_said_and_not_called(house, ana, url, reason):
    came = tried(ana, house, a_step(url)).json
    assert (came["ok"], came["status"], came["reason"], came["port"]) == (False, 0, reason, "failed")
    assert came["error"]


def test_a_refusal_of_the_other_side_is_shown_with_its_body(house, ana, shop):
    shop.answer = (404, "text/plain", "não há tal pedido".encode())
    came = tried(ana, house, a_step(shop.url)).json
    assert (came["ok"], came["status"], came["body"], came["port"]) == (False, 404, "não há tal pedido", "failed")


def test_an_answer_longer_than_a_flow_reads_is_cut_and_said_to_be(house, ana, shop):
    shop.answer = (200, "application/json", b'["' + b"a" * 300_000 + b'"]')
    came = tried(ana, house, a_step(shop.url)).json
    assert (came["cut"], came["size"]) == (True, 256 * 1024)


@pytest.mark.parametrize(
    "step",
    [
        {"id": "oi", "type": "message", "params": {"parts": [{"kind": "text", "text": "Oi"}]}},
        {"id": "time", "type": "transfer", "params": {"team": "vendas"}},
        {"id": "loja", "type": "http_request", "params": {}},
        a_step("https://loja.example", method="POST", body_type="json", body="{{ vars.x }}"),
        {"type": "http_request"},
        {},
    ],
)
def test_what_calls_no_address_is_refused(house, ana, step):
    assert tried(ana, house, step).status_code == 422


def test_a_step_can_be_tried_while_the_rest_is_half_drawn(house, ana, shop):
    flow = ana.get(f"/flows/{house.flow}").json
    flow["document"]["nodes"][1]["params"] = {}
    saved = ana.put(f"/flows/{house.flow}/draft", {"document": flow["document"], "revision": flow["revision"]})
    assert saved.status_code == 200, saved.text
    assert tried(ana, house, a_step(shop.url)).json["status"] == 200


def test_only_authors_try_and_not_too_often(house, ana, shop):
    assert [tried(house.browser(who), house, a_step(shop.url)).status_code for who in ("bia", "eva")] == [403, 403]
    codes = {tried(ana, house, a_step(shop.url)).status_code for _ in range(22)}
    assert codes == {200, 429}
    assert len(shop.asked) == 20


def test_a_text_is_previewed_as_its_contact_would_read_it(house, ana, luiza):
    words = "Oi, {{ contact.name | first_name }}! Pedido {{ vars.pedido }}: {{ vars.total | money }}"
    came = previewed(ana, house, words, example={"contact": luiza, "known": {"total": 1234.5}}).json
    assert came["text"].replace("\xa0", " ") == "Oi, Luiza! Pedido : R$ 1.234,50"
    assert came["lacks"] == ["vars.pedido"]


def test_a_text_is_previewed_with_an_example_where_nobody_is_chosen(house, ana):
    assert previewed(ana, house, "Oi, {{ contact.name }}").json["text"] == "Oi, Renata Vasques"
    declared = [{"name": "cidade", "type": "text", "default": "Recife"}]
    assert previewed(ana, house, "{{ vars.cidade }}", variables=declared).json["text"] == "Recife"
    assert previewed(ana, house, "{{ account.name }}").json["text"] == "Casa"


def test_what_the_last_conversation_tells_is_at_hand(house, ana):
    talk = house.queued()
    with house.unit() as unit:
        contact = unit.conversations.get(talk).contact_id
    words = "{{ channel.name }}, {{ conversation.team }}, {{ contact.name }}"
    assert previewed(ana, house, words, example={"contact": str(contact)}).json["text"] == "HTTP, vendas, Renata"


@pytest.mark.parametrize("words", ["{{ contact.name ", "{% for x in y %}", "{{ contact.name | nada }}"])
def test_a_text_that_cannot_be_read_is_explained(house, ana, words):
    came = previewed(ana, house, words).json
    assert came["text"] is None
    assert came["wrong"]["pt-BR"]


def test_a_contact_of_another_account_is_nobody(house, ana, app):
    other = House(app, "outra").build().browser("ana")
    theirs = other.post("/contacts", {"name": "Zé"}).json["id"]
    assert previewed(ana, house, "{{ contact.name }}", example={"contact": theirs}).status_code == 404


def test_an_odd_example_is_refused(house, ana):
    odd = [{"contact": "x"}, {"world": {"nada": 1}}, {"world": {"contact": 3}}, {"known": 3}]
    assert [previewed(ana, house, "oi", example=each).status_code for each in odd] == [422, 422, 422, 422]
