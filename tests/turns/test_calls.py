"""Calls of flows to the outside world: owed by a turn, made after it, answered by an event, whoever dies on the way."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from flowengine import turns
from flowengine.effects.outside import Outside
from flowengine.effects.sealing import seal
from flowengine.turns.hands import Hands
from tests.standins.ai import fails, model, says
from tests.standins.served import Answer
from tests.standins.webhook import webhook
from tests.turns.shop import Shop, flow, say, wire

SECRET = "the installation's secret, long enough"
KEY = "sk-loja-123"


@pytest.fixture
def shop(engine):
    return Shop(engine)


def allowing(stand_in):
    """The guard, with this one exception."""
    return Outside([f"127.0.0.1:{urlsplit(stand_in.url).port}"])


def order_status(web, **params):
    """A flow that looks an order up."""
    call = {
        "url": f"{web.url}/pedidos/{{{{ vars.pedido }}}}",
        "response": [{"path": "$.status", "save_to": "status", "type": "text"}],
        "retries": 0,
        **params,
    }
    return flow(
        [
            {"id": "qual", "type": "question", "params": {"text": "Qual?", "answer_type": "text", "save_to": "pedido"}},
            {"id": "consulta", "type": "http_request", "params": call},
            say("ok", "Está {{ vars.status }}."),
            say("nada", "Não consegui consultar."),
        ],
        wire("start.next>qual", "qual.answered>consulta", "consulta.success>ok", "consulta.failed>nada"),
    )


def settle(shop, outside):
    """What the outbox's worker does until nothing more is due."""
    with Hands() as hands:
        settling = turns.Settling(shop.engine, shop.account, outside, hands, SECRET)
        for _ in range(20):
            if not turns.settle(settling):
                return
            hands.all_done()
    raise AssertionError("the outbox never empties")


def answer(shop, outside):
    """Make the calls, take their answers; what the contact hears of it."""
    before = len(shop.replies())
    settle(shop, outside)
    shop.later(minutes=1)
    shop.work()
    return shop.replies()[before:]


def begin(shop, document):
    shop.publish(document)
    shop.hear("oi")
    return shop.hear("A 1")


def owed(owner_engine):
    with owner_engine.connect() as connection:
        return connection.execute(text("select count(*) from outbox where kind in ('call_http', 'ask_ai')")).scalar()


def make_due(owner_engine):
    """As if the back-off, or the lease of a worker that died, were over."""
    with owner_engine.begin() as connection:
        connection.execute(text("update outbox set due_at = now() - interval '1 second'"))


def test_a_call_is_made_after_the_turn_and_its_answer_goes_on_with_the_flow(shop):
    with webhook(Answer({"status": "a caminho"})) as web, allowing(web) as outside:
        assert begin(shop, order_status(web)) == []
        assert web.asked == []
        assert answer(shop, outside) == ["Está a caminho."]
    (asked,) = web.asked
    assert (asked.method, asked.path) == ("GET", "/pedidos/A%201")
    assert asked.headers["idempotency-key"].count(":") == 2


def test_a_secret_is_put_in_when_the_call_is_made_and_lies_nowhere(shop, owner_engine):
    with shop.unit() as unit:
        unit.secrets.add("loja_token", description="", sealed=seal(KEY, SECRET))
    with webhook(Answer({"status": "ok"})) as web, allowing(web) as outside:
        begin(shop, order_status(web, scheme="bearer", secret="loja_token"))
        answer(shop, outside)
    assert web.asked[0].headers["authorization"] == f"Bearer {KEY}"
    everything = "select string_agg(event::text || read::text || effects::text, '') from turn"
    with owner_engine.connect() as connection:
        assert KEY not in connection.execute(text(everything)).scalar()


def test_a_secret_that_is_refused_is_known_as_such_until_it_is_taken_again(shop, owner_engine):
    with shop.unit() as unit:
        unit.secrets.add("loja_token", description="", sealed=seal(KEY, SECRET))

    def refused():
        with shop.unit() as unit:
            return unit.secrets.named("loja_token").refused_by

    with webhook(Answer(status=401), Answer({"status": "ok"})) as web, allowing(web) as outside:
        begin(shop, order_status(web, scheme="bearer", secret="loja_token"))
        answer(shop, outside)
        assert refused() == "127.0.0.1"
        shop.hear("oi", sender="outra")
        shop.hear("A 2", sender="outra")
        make_due(owner_engine)
        settle(shop, outside)
        assert refused() is None


def test_a_server_that_is_down_for_a_moment_is_asked_again(shop, owner_engine):
    with webhook(Answer(status=503), Answer({"status": "ok"})) as web, allowing(web) as outside:
        begin(shop, order_status(web, retries=2))
        assert answer(shop, outside) == []
        make_due(owner_engine)
        assert answer(shop, outside) == ["Está ok."]
    assert len({asked.headers["idempotency-key"] for asked in web.asked}) == 1


def test_a_server_that_stays_down_leaves_by_failed_and_is_no_dead_letter(shop, owner_engine):
    with webhook(Answer(status=503)) as web, allowing(web) as outside:
        begin(shop, order_status(web, retries=1))
        answer(shop, outside)
        make_due(owner_engine)
        assert answer(shop, outside) == ["Não consegui consultar."]
    with owner_engine.connect() as connection:
        assert connection.execute(text("select count(*) from dead_letter")).scalar() == 0


@pytest.mark.parametrize("odd", [Answer(after=3), Answer(hangs_up=True)], ids=["slow", "hangs up"])
def test_a_post_that_may_have_arrived_is_not_made_twice(shop, owner_engine, odd):
    with webhook(odd) as web, allowing(web) as outside:
        begin(shop, order_status(web, method="POST", time_limit=1, retries=3))
        assert answer(shop, outside) == ["Não consegui consultar."]
    assert (len(web.asked), owed(owner_engine)) == (1, 0)


@pytest.mark.parametrize(("method", "calls"), [("GET", 1), ("POST", 0)])
def test_a_worker_that_dies_with_a_call_in_hand(shop, owner_engine, method, calls):
    """Another makes the call again only where that does no harm; the flow goes on either way."""
    with webhook(Answer({"status": "ok"})) as web, allowing(web) as outside:
        begin(shop, order_status(web, method=method))
        with shop.unit() as unit:
            assert len(unit.outbox.claim(8, lease=timedelta(minutes=2))) == 1  # and no more was heard of it
        make_due(owner_engine)
        said = answer(shop, outside)
    assert (said, len(web.asked)) == (["Está ok."] if calls else ["Não consegui consultar."], calls)


def test_a_run_that_is_over_by_then_calls_nobody(shop, owner_engine):
    with webhook() as web, allowing(web) as outside:
        begin(shop, order_status(web))
        shop.take(shop.bia)
        settle(shop, outside)
    assert (web.asked, owed(owner_engine)) == ([], 0)


def test_addresses_of_the_house_are_barred(shop):
    with webhook() as web, Outside() as guarded:
        begin(shop, order_status(web))
        assert answer(shop, guarded) == ["Não consegui consultar."]
    assert web.asked == []


def test_slow_calls_do_not_hold_up_the_quick_ones(shop):
    """More calls than one claim takes are slow; a quick one that comes later is answered first."""
    with webhook(*[Answer(after=5)] * 10, Answer({"status": "ok"})) as web, allowing(web) as outside, Hands() as hands:
        shop.publish(order_status(web))
        settling = turns.Settling(shop.engine, shop.account, outside, hands, SECRET)
        for sender in [f"lento{number}" for number in range(10)] + ["rapido"]:
            shop.hear("oi", sender=sender)
            shop.hear("A 1", sender=sender)
            turns.settle(settling)
        assert hands.one_done(3)
        shop.later(minutes=1)
        shop.work()
        assert shop.replies("rapido")[-1] == "Está ok."
        assert len(shop.replies("lento0")) == 1


CLASSES = [{"id": "compra", "title": "Compra"}, {"id": "ajuda", "title": "Ajuda"}]


def sorts(shop, address):
    """A flow in which a model sorts what the contact wrote."""
    with shop.unit() as unit:
        unit.secrets.add("chave", description="", sealed=seal(KEY, SECRET))
        unit.ai.add("modelo", name="Modelo", url=address, model="small", secret="chave", max_tokens=200)
    nodes = [
        {"id": "diga", "type": "question", "params": {"text": "Diga.", "answer_type": "text"}},
        {"id": "qual", "type": "ai_classify", "params": {"ai": "modelo", "classes": CLASSES}},
        say("compra", "Vamos à compra."),
        say("ajuda", "Vamos ajudar."),
        say("falhou", "Um instante."),
    ]
    edges = wire(
        "start.next>diga", "diga.answered>qual", "qual.compra>compra", "qual.ajuda>ajuda",
        "qual.failed>falhou", "qual.unsure>falhou",
    )  # fmt: skip
    shop.publish(flow(nodes, edges))
    shop.hear("oi")
    shop.hear("quero dois pães")


def test_a_model_sorts_what_the_contact_wrote(shop):
    with model(says({"class": "compra"})) as ai, allowing(ai) as outside:
        sorts(shop, f"{ai.url}/v1")
        assert answer(shop, outside) == ["Vamos à compra."]
    asked = ai.asked[0].json
    assert (asked["model"], asked["max_tokens"] <= 200) == ("small", True)
    assert asked["response_format"]["type"] == "json_schema"
    assert ai.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_model_that_refuses_its_key_names_the_secret(shop):
    with model(fails(403)) as ai, allowing(ai) as outside:
        sorts(shop, f"{ai.url}/v1")
        assert answer(shop, outside) == ["Um instante."]
    with shop.unit() as unit:
        assert unit.secrets.named("chave").refused_by == "127.0.0.1"


@pytest.mark.parametrize("said", ["não sei", {"class": "outra"}, {"class": 7}], ids=["no JSON", "no class", "no text"])
def test_what_does_not_fit_the_schema_leaves_by_another_port(shop, said):
    with model(says(said)) as ai, allowing(ai) as outside:
        sorts(shop, f"{ai.url}/v1")
        assert answer(shop, outside) == ["Um instante."]
