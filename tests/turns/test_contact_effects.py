"""What flows do to contacts, through real turns: fields, tags, consent, owners, notes; and what they may not name."""

import pytest

from flowengine.crm.actor import Actor
from flowengine.crm.contacts import change, found
from flowengine.crm.tags import change_tags
from flowengine.turns.world import look_up
from tests.turns.shop import Shop, flow, say, wire


def node(id, type, **params):
    return {"id": id, "type": type, "params": params}


def line(*nodes):
    """A flow that goes through these and says that it is done."""
    ids = ["start", *(each["id"] for each in nodes), "done"]
    edges = [f"{one}.next>{other}" for one, other in zip(ids, ids[1:], strict=False)]
    return flow([*nodes, say("done", "Pronto, {{ contact.name }}.")], wire(*edges))


@pytest.fixture
def shop(engine) -> Shop:
    shop = Shop(engine)
    with shop.unit() as unit:
        for slug in ("lead", "frio"):
            unit.tags.add(slug, name=slug.title(), color="#336699")
        unit.fields.add("contact", "cidade", "Cidade", "text")
        unit.fields.add("contact", "visitas", "Visitas", "integer")
        unit.fields.add("contact", "cpf", "CPF", "text", unique=True)
    return shop


def contact_of(shop, sender="renata"):
    with shop.unit() as unit:
        return unit.contacts.get(unit.contacts.identity(shop.channel.id, sender).contact_id)


def run_of(shop):
    with shop.unit() as unit:
        (run,) = unit.runs.of_conversation(shop.talk().id)
        return run


def test_a_flow_changes_what_is_known_of_a_contact(shop: Shop):
    changes = [
        {"field": "name", "op": "set", "value": "Renata Souza"},
        {"field": "score", "op": "increment", "value": "10"},
        {"field": "custom", "custom": "cidade", "op": "set", "value": "Recife"},
        {"field": "custom", "custom": "visitas", "op": "increment", "value": "1"},
    ]
    shop.publish(
        line(
            node("fields", "update_contact", changes=changes),
            node("tags", "tags", on="contact", add=["lead"], remove=["frio"]),
            node("talk", "tags", on="conversation", add=["frio"]),
            node("consent", "consent", state="in", channel="whatsapp"),
            node("owner", "assign_owner", of="contact", how="user", user="ana"),
            node("note", "add_note", text="Mora em {{ contact.fields.cidade }}", on="contact"),
            node("remark", "add_note", text="Veja a nota", on="conversation"),
        )
    )
    assert shop.hear("oi") == ["Pronto, Renata Souza."]

    contact = contact_of(shop)
    assert (contact.score, contact.tags, contact.fields) == (10, ["lead"], {"cidade": "Recife", "visitas": 1})
    assert (contact.consent, contact.owner) == ({"whatsapp": "in"}, {"slug": "ana", "name": "Ana"})
    with shop.unit() as unit:
        assert [note.text for note in unit.contact_notes.of(contact.id)] == ["Mora em Recife"]
        assert unit.tags.of_conversation(shop.talk().id) == ["frio"]
        assert [(each.source, each.member_id) for each in unit.consents.of(contact.id)] == [("flow", None)]


def test_a_turn_taken_again_finds_everything_as_it_is(shop: Shop):
    shop.publish(line(node("tags", "tags", on="contact", add=["lead"]), node("note", "add_note", text="Nota")))
    shop.hear("oi")
    with shop.unit() as unit:
        (event,) = [each for each in unit.facts.since(contact_of(shop).id, "contact.tag_added")]
    shop.hear("oi de novo")
    with shop.unit() as unit:
        assert [each.id for each in unit.facts.since(contact_of(shop).id, "contact.tag_added")] == [event.id]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (node("x", "tags", on="contact", add=["unheard"]), "there is no tag 'unheard'"),
        (
            node("x", "update_contact", changes=[{"field": "custom", "custom": "unheard", "op": "set", "value": "1"}]),
            "a contact has no field 'unheard'",
        ),
        (
            node(
                "x",
                "update_contact",
                changes=[{"field": "custom", "custom": "visitas", "op": "set", "value": "muitas"}],
            ),
            "wants a whole number",
        ),
        (node("x", "assign_owner", of="contact", how="user", user="nobody"), "there is no user 'nobody'"),
        (node("x", "assign_owner", of="contact", how="team_rotation", team="none"), "there is no team 'none'"),
    ],
)
def test_what_the_account_lacks_ends_the_run_at_its_node_and_people_take_over(shop: Shop, wrong: dict, words: str):
    shop.publish(line(say("before", "Um momento."), node("fields", "tags", on="contact", add=["lead"]), wrong))

    assert shop.hear("oi") == ["Um momento."]
    run, contact = run_of(shop), contact_of(shop)
    assert (run.status, run.error["node"]) == ("failed", "x")
    assert words in run.error["message"]
    assert shop.talk().state == "queued"
    assert contact.tags == ["lead"]


def test_a_team_takes_contacts_in_turn(shop: Shop):
    shop.publish(line(node("owner", "assign_owner", of="contact", how="team_rotation", team="vendas")))
    owners = []
    for sender in ("um", "dois", "três", "quatro"):
        shop.hear("oi", sender=sender)
        shop.later(minutes=1)
        owners.append(contact_of(shop, sender).owner["slug"])
    assert owners == ["ana", "bia", "ana", "bia"]


def test_the_least_busy_of_a_team_takes_a_contact(shop: Shop):
    handed_over = line(node("people", "transfer", team="vendas"))
    handed_over["edges"] = wire("start.next>people")
    shop.publish(handed_over)
    shop.hear("oi", sender="um")
    shop.take(shop.ana, sender="um")
    shop.publish(line(node("owner", "assign_owner", of="contact", how="least_open", team="vendas")))
    shop.hear("oi", sender="dois")
    assert contact_of(shop, "dois").owner["slug"] == "bia"


def test_an_owner_that_is_taken_away_leaves_nobody(shop: Shop):
    shop.publish(
        line(
            node("one", "assign_owner", of="contact", how="user", user="ana"),
            node("none", "assign_owner", of="contact", how="nobody"),
        )
    )
    shop.hear("oi")
    assert contact_of(shop).owner is None


def test_a_segment_is_judged_of_the_contact_as_it_is(shop: Shop):
    with shop.unit() as unit:
        unit.segments.add(
            "quentes",
            name="Quentes",
            description="",
            definition={
                "all": [
                    {"left": "contact.score", "op": "greater", "right": 5},
                    {"left": "contact.tags", "op": "contains", "right": "lead"},
                ]
            },
        )
        unit.segments.add(
            "todos", name="Todos", description="", definition={"left": "contact.segment:quentes", "op": "is_true"}
        )
    branch = {"id": "hot", "title": "Quente", "when": {"left": "contact.segment:todos", "op": "is_true"}}
    shop.publish(
        flow(
            [node("which", "condition", branches=[branch]), say("hot", "Quente"), say("cold", "Frio")],
            wire("start.next>which", "which.hot>hot", "which.else>cold"),
        )
    )
    assert shop.hear("oi") == ["Frio"]
    with shop.unit() as unit:
        id = contact_of(shop).id
        unit.contacts.change(id, score=6)
        unit.tags.put("contact", id, [unit.tags.named("lead").id])
    assert shop.hear("oi") == ["Quente"]


def test_two_contacts_never_share_a_unique_value(shop: Shop):
    changes = [{"field": "custom", "custom": "cpf", "op": "set", "value": "111"}]
    shop.publish(line(node("cpf", "update_contact", changes=changes)))
    assert shop.hear("oi", sender="um") == ["Pronto, Renata."]
    assert shop.hear("oi", sender="dois") == []
    assert shop.talk("dois").state == "queued"


def test_a_flow_knows_the_team_and_the_tags_of_its_conversation(shop: Shop):
    branch = {"id": "cold", "title": "Frio", "when": {"left": "conversation.tags", "op": "contains", "right": "frio"}}
    shop.publish(
        flow(
            [
                node("ask", "question", text="Sim?", answer_type="any"),
                node("which", "condition", branches=[branch]),
                say("told", "{{ conversation.team }}"),
                say("other", "outra"),
            ],
            wire("start.next>ask", "ask.answered>which", "which.cold>told", "which.else>other"),
        )
    )
    shop.hear("oi")
    with shop.unit() as unit:
        unit.tags.put("conversation", shop.talk().id, [unit.tags.named("frio").id])
    assert shop.hear("sim") == ["geral"]


def waits_for(event, **params):
    """A flow that waits for this for three days."""
    wait = {"event": event, "wait": {"amount": 3, "unit": "days"}, **params}
    return flow(
        [node("until", "wait_until", **wait), say("yes", "Aconteceu."), say("no", "Não aconteceu.")],
        wire("start.next>until", "until.happened>yes", "until.timed_out>no"),
    )


def tag_by_hand(shop, slug):
    with shop.unit() as unit:
        change_tags(unit, found(unit, contact_of(shop).id), Actor(shop.ana.id), add=[slug])
    before = shop.replies()
    shop.work()
    return shop.replies()[len(before) :]


def test_a_flow_that_waits_for_a_tag_goes_on_when_somebody_puts_it_on(shop: Shop):
    shop.publish(waits_for("contact.tag_added", where={"left": "event.data.tag", "op": "equals", "right": "lead"}))
    assert shop.hear("oi") == []
    assert tag_by_hand(shop, "frio") == []
    assert tag_by_hand(shop, "lead") == ["Aconteceu."]


def test_what_one_flow_does_another_hears_of_in_a_later_turn(shop: Shop):
    shop.publish(waits_for("contact.score_reached"))
    assert shop.hear("oi") == []
    with shop.unit() as unit:
        actor = Actor(where="flow", generation=1)
        change(unit, found(unit, contact_of(shop).id), {"score": 5}, actor)
        (waiting,) = unit.intake.waiting([contact_of(shop).id])
    assert (waiting.event["name"], waiting.generation) == ("contact.score_reached", 2)
    shop.work()
    assert shop.replies() == ["Aconteceu."]


def test_what_a_contact_wrote_is_looked_back_upon(shop: Shop):
    branch = {"id": "known", "title": "Sim", "when": {"left": "contact.happened:message.received", "op": "is_known"}}
    shop.publish(
        flow(
            [node("which", "condition", branches=[branch]), say("known", "Já escreveu."), say("no", "Nunca.")],
            wire("start.next>which", "which.known>known", "which.else>no"),
        )
    )
    assert shop.hear("oi") == ["Já escreveu."]
    with shop.unit() as unit:
        contact = contact_of(shop)
        (said,) = look_up(unit, contact, [("happened", "message.received||")]).values()
        later = f"message.received|{shop.now.isoformat()}|"
        (since,) = look_up(unit, contact, [("happened", later)]).values()
    assert [each["data"] for each in said] == [{"text": "oi"}]
    assert since == []
