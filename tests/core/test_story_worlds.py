"""What surrounds a story: answers from outside, what happened before, teams, people, time, other flows, facts."""

from datetime import timedelta

import pytest

from flowengine.core.stories.mocks import NoMock
from flowengine.core.stories.patience import TooLong
from tests.core.story_flows import failures, in_a_row, program, rehearsal, says, texts, told

SHUT = {"timezone": "America/Sao_Paulo", "week": {"tue": [["09:00", "18:00"]]}}
HOUR = {"amount": 1, "unit": "hours"}
DAY = {"amount": 1, "unit": "days"}
ORDER = (
    "http_request",
    {
        "url": "https://loja.example/pedido",
        "retries": 0,
        "response": [{"path": "$.status", "save_to": "status", "type": "text"}],
        "outcome_path": "$.status",
        "outcomes": [{"id": "perdido", "title": "Perdido", "value": "perdido"}],
    },
)


def asks_twice():
    """Calls, says what came, asks for a word and calls again."""
    return program(
        "pedido",
        [
            ("inicio", "trigger", {"event": "message.received"}),
            ("consulta", *ORDER),
            ("diz", *says("Está {{ vars.status }}.")),
            ("de_novo", "wait_for_message", {}),
            ("perdido", *says("Sumiu.")),
            ("falhou", *says("Não deu: tente mais tarde.")),
        ],
        [
            "inicio.next>consulta",
            "consulta.success>diz",
            "diz.next>de_novo",
            "de_novo.received>consulta",
            "consulta.perdido>perdido",
            "consulta.failed>falhou",
        ],
        variables=[{"name": "status"}],
    )


@pytest.mark.parametrize(
    ("mock", "says"),
    [
        ({"body": {"status": "a caminho"}}, "Está a caminho."),
        ({"status": 201, "body": {"status": "novo"}}, "Está novo."),
        ({"body": {"status": "perdido"}}, "Sumiu."),
        ({"status": 503}, "Não deu: tente mais tarde."),
        ({"reason": "timeout"}, "Não deu: tente mais tarde."),
        ({"status": 200, "ok": False, "reason": "invalid"}, "Não deu: tente mais tarde."),
        ([{"body": {"status": "um"}}, {"body": {"status": "dois"}}], "Está um."),
    ],
)
def test_a_call_is_answered_by_the_mock_of_its_step(mock, says):
    assert failures(asks_twice(), [{"says": "oi", "bot": [says]}], {"mocks": {"consulta": mock}}) == []


def test_mocks_in_a_list_are_given_one_by_one_and_the_last_for_ever():
    mocks = {"consulta": [{"body": {"status": "um"}}, {"body": {"status": "dois"}}]}
    exchanges = [{"says": "?", "bot": [f"Está {word}."]} for word in ("um", "dois", "dois")]
    assert failures(asks_twice(), exchanges, {"mocks": mocks}) == []


def test_a_call_that_nobody_thought_of_is_told_in_words():
    (failure,) = told(asks_twice(), [{"says": "oi", "bot": ["Está."]}]).failures
    assert failure.message("en") == (
        "Exchange 1 (“oi”): the step “consulta” calls the outside world: say in world.mocks what that answers"
    )
    with pytest.raises(NoMock, match="consulta"):
        rehearsal(asks_twice()).says("oi")


def test_the_call_itself_is_an_effect_of_the_story():
    call = {"kind": "call_http", "url": "https://loja.example/…"}
    exchange = {"says": "oi", "bot": ["…"], "effects": [call]}
    assert failures(asks_twice(), [exchange], {"mocks": {"consulta": {"body": {"status": "x"}}}}) == []


def test_a_model_is_shown_what_was_said_in_the_rehearsal():
    talk = rehearsal(
        in_a_row(
            says("Olá!"),
            ("question", {"text": "O que foi?", "answer_type": "text", "save_to": "motivo"}),
            ("ai_reply", {"ai": "assistente", "instructions": "Ajude."}),
            variables=[{"name": "motivo"}],
        ),
        {"mocks": {"passo_3": {"body": {"reply": "Claro.", "sure": 1, "confidence": 1}}}},
    )
    talk.says("oi")
    (asked,) = [effect for effect in talk.says("o pedido atrasou").effects if effect.kind == "ask_ai"]
    assert [(each["role"], each["content"]) for each in asked.messages[1:]] == [
        ("user", "oi"),
        ("assistant", "Olá!"),
        ("assistant", "O que foi?"),
        ("user", "o pedido atrasou"),
    ]


TRANSFER = {
    "settings": {"default_team": "geral"},
    "nodes": [
        ("inicio", "trigger", {"event": "message.received"}),
        ("passa", "transfer", {"team": "vendas"}),
        ("fechado", *says("Fechado.")),
        ("ninguem", *says("Todos ocupados.")),
    ],
    "wires": ["inicio.next>passa", "passa.closed>fechado", "passa.unavailable>ninguem"],
}


@pytest.mark.parametrize(
    ("world", "exchange"),
    [
        ({}, {"team": "vendas"}),
        ({"hours": {"team:vendas": SHUT}}, {"bot": ["Fechado."]}),
        ({"hours": {"account": SHUT}}, {"bot": ["Fechado."]}),
        ({"hours": {"account": SHUT, "team:vendas": None}}, {"team": "vendas"}),
        ({"hours": {"account": SHUT}, "at": "2026-01-06T10:00:00-03:00"}, {"team": "vendas"}),
        ({"teams": {"vendas": {"available": 0}}}, {"bot": ["Todos ocupados."]}),
        ({"teams": {"vendas": None}}, {"fails": "flow_error"}),
    ],
)
def test_teams_are_open_and_there_unless_the_world_says_otherwise(world, exchange):
    assert failures(program("passa", **TRANSFER), [{"says": "oi", **exchange}], world) == []


def hands_to(**params):
    return program("passa", **{**TRANSFER, "nodes": [*_but_second(), ("passa", "transfer", params)]})


def _but_second():
    return [node for node in TRANSFER["nodes"] if node[0] != "passa"]


@pytest.mark.parametrize(
    ("params", "world", "exchange"),
    [
        ({"to": "user", "user": "bia"}, {}, {"team": "geral", "user": "bia"}),
        ({"to": "user", "user": "bia"}, {"users": {"bia": {"available": False}}}, {"team": "geral"}),
        ({"to": "owner", "team": "vendas"}, {"owner": "bia"}, {"team": "vendas", "user": "bia"}),
        ({"to": "owner", "team": "vendas"}, {}, {"team": "vendas"}),
        ({"to": "last_agent", "team": "vendas"}, {"last_agent": "rui"}, {"team": "vendas", "user": "rui"}),
        ({"to": "portfolio", "team": "vendas"}, {"portfolio": {"owner": "rui"}}, {"team": "vendas", "user": "rui"}),
        ({"to": "portfolio", "team": "vendas"}, {"portfolio": {"teams": ["norte"]}}, {"team": "norte"}),
        ({"to": "portfolio", "team": "vendas"}, {}, {"team": "vendas"}),
    ],
)
def test_people_are_found_as_the_world_has_them(params, world, exchange):
    assert failures(hands_to(**params), [{"says": "oi", **exchange}], world) == []


def test_who_was_made_owner_earlier_in_the_story_is_the_owner():
    flow = in_a_row(
        ("assign_owner", {"of": "contact", "how": "user", "user": "bia"}),
        ("wait_for_message", {}),
        ("transfer", {"to": "owner", "team": "vendas"}),
    )
    assert failures(flow, [{"says": "oi"}, {"says": "oi", "team": "vendas", "user": "bia"}], {"owner": "rui"}) == []


def decides(**when):
    branch = {"id": "sim", "title": "Sim", "when": when}
    nodes = [("inicio", "trigger", {"event": "message.received"}), ("olha", "condition", {"branches": [branch]})]
    nodes += [("sim", *says("sim")), ("nao", *says("não"))]
    return program("decide", nodes, ["inicio.next>olha", "olha.sim>sim", "olha.else>nao"])


@pytest.mark.parametrize(
    ("when", "world", "says"),
    [
        ({"left": "contact.segment:vips", "op": "is_true"}, {"segments": ["vips"]}, "sim"),
        ({"left": "contact.segment:vips", "op": "is_true"}, {}, "não"),
        ({"left": "agents.team:vendas", "op": "greater", "right": 2}, {"teams": {"vendas": {"available": 3}}}, "sim"),
        ({"left": "agents.team:vendas", "op": "greater", "right": 2}, {}, "não"),
        ({"left": "queue.team:vendas", "op": "greater", "right": 2}, {"teams": {"vendas": {"queued": 3}}}, "sim"),
        ({"left": "hours.account", "op": "is_true"}, {}, "sim"),
        ({"left": "hours.account", "op": "is_true"}, {"hours": {"account": SHUT}}, "não"),
        ({"left": "deal.title", "op": "equals", "right": "Plano"}, {"deal": {"title": "Plano"}}, "sim"),
        ({"left": "account.vars.loja", "op": "equals", "right": "Sol"}, {"account": {"vars": {"loja": "Sol"}}}, "sim"),
        ({"left": "channel.kind", "op": "equals", "right": "telegram"}, {"channel": {"kind": "telegram"}}, "sim"),
        ({"left": "now.time", "op": "before", "right": "09:00"}, {"at": "2026-01-05T08:00:00-03:00"}, "sim"),
        ({"left": "now.time", "op": "before", "right": "09:00"}, {"timezone": "Europe/Lisbon"}, "não"),
    ],
)
def test_conditions_see_the_world_of_the_story(when, world, says):
    assert failures(decides(**when), [{"says": "oi", "bot": [says]}], world) == []


@pytest.mark.parametrize(
    ("world", "exchange"),
    [
        ({}, {"effects": [{"kind": "send_template", "template": "aviso"}], "outcome": "next"}),
        ({"templates": {"aviso": {"status": "paused"}}}, {"team": "geral"}),
        ({"templates": {"aviso": {"parameters": [{"name": "nome"}]}}}, {"team": "geral"}),
        ({"templates": {"aviso": None}}, {"fails": "flow_error"}),
    ],
)
def test_templates_are_approved_unless_the_world_says_otherwise(world, exchange):
    assert failures(in_a_row(("template", {"template": "aviso"})), [{"says": "oi", **exchange}], world) == []


def looks_back(lookback):
    nodes = [
        ("inicio", "trigger", {"event": "message.received"}),
        ("pausa", "wait_for_message", {}),
        ("olha", "wait_until", {"event": "link.clicked", "lookback": lookback, "wait": DAY}),
        ("sim", *says("clicou")),
        ("nao", *says("não clicou")),
    ]
    wires = ["inicio.next>pausa", "pausa.received>olha", "olha.happened>sim", "olha.timed_out>nao"]
    return program("olha", nodes, wires)


def test_a_look_back_finds_what_happened_in_the_story():
    exchanges = [{"says": "oi"}, {"happens": "link.clicked", "data": {"link": "/x"}}, {"says": "e aí?"}]
    assert failures(looks_back("start"), [*exchanges[:2], {**exchanges[2], "bot": ["clicou"]}]) == []
    assert failures(looks_back("now"), exchanges) == []


def test_a_look_back_does_not_find_what_happened_before_the_run_or_was_something_else():
    before = {"happened": [{"event": "link.clicked"}, {"event": "deal.won", "at": "2026-01-05T10:00:00-03:00"}]}
    assert failures(looks_back("start"), [{"says": "oi"}, {"says": "e aí?"}], before) == []


def test_conditions_look_back_as_far_as_the_world_says():
    was = decides(left="contact.happened:deal.won", op="is_known")
    world = {"happened": [{"event": "deal.won", "at": "2025-12-01T10:00:00-03:00"}]}
    assert failures(was, [{"says": "oi", "bot": ["sim"]}], world) == []
    assert failures(was, [{"says": "oi", "bot": ["não"]}]) == []


def test_what_happens_is_awaited_or_times_out():
    happens = [{"happens": "link.clicked", "bot": ["clicou"]}]
    wait = [{"waits": DAY, "bot": ["não clicou"], "ports": ["olha.timed_out"]}]
    for end in (happens, wait):
        assert failures(looks_back("now"), [{"says": "oi"}, {"says": "oi"}, *end]) == []


NEW_YORK = {"timezone": "America/New_York", "at": "2026-03-07T10:00:00-05:00"}  # clocks go forward the night after


@pytest.mark.parametrize(
    ("days", "due"),
    [("calendar", {"amount": 23, "unit": "hours"}), ("hours_24", {"amount": 24, "unit": "hours"})],
)
def test_time_knows_of_clock_changes(days, due):
    flow = in_a_row(("delay", {"how": "for", "wait": DAY, "days": days}), says("dia seguinte"))
    early = {"amount": due["amount"] * 60 - 1, "unit": "minutes"}
    exchanges = [{"says": "oi"}, {"waits": early}, {"waits": {"amount": 1, "unit": "minutes"}, "bot": ["dia seguinte"]}]
    assert failures(flow, exchanges, NEW_YORK) == []


def test_timers_fire_in_their_order_as_days_go_by():
    steps = [step for day in (1, 2, 3) for step in (("delay", {"how": "for", "wait": DAY}), says(f"dia {day}"))]
    talk = rehearsal(in_a_row(*steps))
    talk.says("oi")
    assert texts(talk.waits(timedelta(days=2, hours=23))) == ["dia 1", "dia 2"]
    assert texts(talk.waits(timedelta(hours=1))) == ["dia 3"]
    assert talk.now.isoformat() == "2026-01-08T13:00:00+00:00"


def calls(key):
    return ("call_flow", {"flow": key, "outputs": [{"name": "nota", "save_to": "nota"}]})


RATING = ("question", {"text": "Nota?", "answer_type": "integer", "save_to": "nota"})


def rates():
    return in_a_row(RATING, key="pesquisa", trigger={"event": "manual"}, variables=[{"name": "nota", "output": True}])


def test_a_flow_calls_another_one_and_what_that_passes_is_not_its_own():
    flow = in_a_row(calls("pesquisa"), says("Nota {{ vars.nota }}"), variables=[{"name": "nota"}])
    exchanges = [{"says": "oi", "bot": ["Nota?"]}, {"says": "9", "bot": ["Nota 9"], "outcome": "next"}]

    story = told(flow, exchanges, flows={"pesquisa": rates()})

    assert story.failures == ()
    assert story.nodes == {"inicio", "passo_1", "passo_2"}
    assert {("pesquisa", "passo_1", "answered"), ("pesquisa", "inicio", "next")} <= story.elsewhere
    assert ("passo_1", "answered") not in story.ports


def test_a_flow_that_is_not_there_cannot_be_called():
    flow = in_a_row(calls("pesquisa"), variables=[{"name": "nota"}])
    assert failures(flow, [{"says": "oi", "fails": "flow_error"}]) == []


def test_a_flow_gives_way_to_another_whose_steps_are_not_its_own():
    flow = in_a_row(says("Já passo."), ("start_flow", {"flow": "pesquisa"}))
    exchanges = [{"says": "oi", "bot": ["Já passo.", "Nota?"]}, {"says": "9", "outcome": "answered"}]

    story = told(flow, exchanges, flows={"pesquisa": rates()})

    assert (story.failures, story.nodes) == ((), {"inicio", "passo_1", "passo_2"})
    assert ("pesquisa", "passo_1", "answered") in story.elsewhere


def test_flows_that_start_each_other_for_ever_are_stopped_in_words():
    one, two = (in_a_row(("start_flow", {"flow": other}), key=key) for key, other in (("um", "dois"), ("dois", "um")))
    (failure,) = told(one, [{"says": "oi"}], flows={"dois": two}).failures
    assert (failure.code, failure.place) == ("long", 1)


def test_a_flow_that_goes_round_as_time_passes_is_stopped_in_words():
    nodes = [("inicio", "trigger", {"event": "message.received"})]
    nodes += [("espera", "delay", {"how": "for", "wait": {"amount": 1, "unit": "seconds"}}), ("diz", *says("oi"))]
    flow = program("giro", nodes, ["inicio.next>espera", "espera.next>diz", "diz.next>espera"])
    talk = rehearsal(flow)
    talk.says("oi")
    with pytest.raises(TooLong):
        for _ in range(20):
            talk.waits(timedelta(days=300))


def test_a_jump_reaches_where_it_leads():
    nodes = [("inicio", "trigger", {"event": "message.received"}), ("pula", "go_to", {"node": "fim"})]
    flow = program("pulo", [*nodes, ("fim", *says("fim"))], ["inicio.next>pula"])
    story = told(flow, [{"says": "oi", "bot": ["fim"]}])
    assert (story.failures, story.nodes, story.ports) == (
        (),
        {"inicio", "pula", "fim"},
        {("inicio", "next"), ("fim", "next")},
    )


TAGGED = {"event": "contact.tag_added", "tag": "vip"}
RICH = {**TAGGED, "where": {"left": "contact.score", "op": "greater", "right": 10}}


@pytest.mark.parametrize(
    ("trigger", "fact", "world", "effects"),
    [
        (TAGGED, {"tag": "vip"}, {}, [{"kind": "notify"}]),
        (TAGGED, {"tag": "frio"}, {}, []),
        (RICH, {"tag": "vip"}, {"contact": {"score": 20}}, [{"kind": "notify"}]),
        (RICH, {"tag": "vip"}, {"contact": {"score": 5}}, []),
    ],
)
def test_a_fact_starts_an_automation_where_its_trigger_says_so(trigger, fact, world, effects):
    notice = ("notify", {"to": "team", "team": "vendas", "text": "Novo VIP"})
    flow = in_a_row(notice, kind="contact_automation", settings={"entry": "from_now"}, trigger=trigger)
    exchange = {"happens": "contact.tag_added", "data": fact, "effects": effects}
    assert failures(flow, [exchange], world) == []


def test_a_deal_starts_an_automation_that_sees_it():
    trigger = {"event": "deal.stage_changed", "pipeline": "vendas", "to_stage": "proposta"}
    task = ("create_task", {"title": "Ligar sobre {{ deal.title }}", "due": DAY})
    flow = in_a_row(task, kind="deal_automation", settings={}, trigger=trigger)
    data = {"pipeline": "vendas", "to": "proposta"}
    exchange = {"happens": "deal.stage_changed", "data": data, "effects": [{"kind": "create_task", "title": "…Plano"}]}
    assert failures(flow, [exchange], {"deal": {"title": "Plano"}}) == []


def test_a_message_concerns_no_automation_that_waits_for_none():
    flow = in_a_row(says("oi"), kind="contact_automation", settings={}, trigger=TAGGED)
    assert rehearsal(flow).says("olá").effects == ()


def test_a_goal_ends_what_waits():
    settings = {"default_team": "geral", "goal": {"event": "deal.won"}}
    flow = in_a_row(("wait_for_message", {}), settings=settings)
    assert failures(flow, [{"says": "oi"}, {"happens": "deal.won", "outcome": "goal"}]) == []
