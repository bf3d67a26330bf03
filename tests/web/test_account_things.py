"""The account's things over the API: made, changed, refused, and never removed from under a flow."""

import copy

import pytest

from flowengine.store.receive import Inbound


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


def patch(browser, path, body):
    return browser.post(path, body, method="PATCH")


STAGES = [{"name": "Novo"}, {"name": "Ganho", "kind": "won"}]
# Path, what makes one, what changes it, what may not be sent.
THINGS = {
    "templates": (
        {"name": "Olá", "body": "Oi, {{nome}}", "parameters": [{"name": "nome"}]},
        {"status": "approved"},
        {"body": "Oi, {{outro}}"},
    ),
    "snippets": ({"name": "Pix", "text": "Nossa chave é …"}, {"text": "Outra"}, {"visible_to": "team"}),
    "pipelines": ({"name": "Funil de vendas", "stages": STAGES}, {"name": "Funil"}, {"name": ""}),
    "reasons": ({"name": "Preço alto", "kind": "lost"}, {"name": "Preço"}, {"kind": "sold"}),
    "constants": ({"name": "loja", "value": "Casa"}, {"value": "Casa 2"}, {"value": 7}),
    "secrets": ({"name": "erp", "value": "s3cret-value"}, {"description": "ERP"}, {"value": ""}),
    "ai": (
        {"name": "IA", "url": "https://ai.example/v1", "model": "m"},
        {"max_tokens": 50},
        {"secret": "nowhere"},
    ),
    "hours": (
        {"name": "Sábado", "week": {"sat": [["09:00", "13:00"]]}},
        {"timezone": "America/Manaus"},
        {"timezone": "America/Nowhere"},
    ),
    "teams": ({"name": "Pós-venda", "members": [{"user": "bia"}]}, {"access": "agent"}, {"hours": "nowhere"}),
}


def slug_in(thing):
    return thing.get("slug") or thing["name"]


@pytest.mark.parametrize("things", THINGS)
def test_a_thing_is_made_changed_and_removed(ana, things):
    new, other, _ = THINGS[things]
    made = ana.post(f"/{things}", new)
    assert made.status_code == 201, made.text
    slug = slug_in(made.json)
    changed = patch(ana, f"/{things}/{slug}", other)
    assert changed.status_code == 200, changed.text
    assert other.items() <= changed.json.items()
    assert patch(ana, f"/{things}/{slug}", {}).status_code == 200
    listed = ana.get(f"/{things}").json[things]
    assert slug in {slug_in(each) for each in listed}
    assert ana.delete(f"/{things}/{slug}").status_code == 204
    assert ana.delete(f"/{things}/{slug}").status_code == 404


@pytest.mark.parametrize("things", THINGS)
def test_what_cannot_be_is_refused_with_its_place(ana, things):
    new, _, wrong = THINGS[things]
    slug = slug_in(ana.post(f"/{things}", new).json)
    refused = patch(ana, f"/{things}/{slug}", wrong)
    assert (refused.status_code, refused.json["code"]) in {(422, "invalid")}
    assert refused.json["errors"][0]["pointer"]
    assert patch(ana, f"/{things}/nowhere", {}).status_code == 404


@pytest.mark.parametrize("things", THINGS)
def test_a_slug_that_was_asked_for_is_had_once(ana, things):
    new, _, _ = THINGS[things]
    wanted = new if things in ("constants", "secrets") else {**new, "slug": "um"}
    assert ana.post(f"/{things}", wanted).status_code == 201
    assert ana.post(f"/{things}", wanted).status_code in (409, 422)


@pytest.mark.parametrize("things", set(THINGS) - {"constants", "secrets"})
def test_a_slug_is_made_from_the_name(ana, things):
    new, _, _ = THINGS[things]
    first, second = (ana.post(f"/{things}", new).json["slug"] for _ in range(2))
    assert second == f"{first}-2"


@pytest.mark.parametrize("things", set(THINGS) - {"snippets"})
def test_only_some_may_set_up_the_account(house, ana, things):
    new, other, _ = THINGS[things]
    slug = slug_in(ana.post(f"/{things}", new).json)
    bia = house.browser("bia")
    assert bia.post(f"/{things}", new).status_code == 403
    assert patch(bia, f"/{things}/{slug}", other).status_code == 403
    assert bia.delete(f"/{things}/{slug}").status_code == 403


@pytest.mark.parametrize("things", THINGS)
def test_another_account_sees_nothing_of_it(ana, other, things):
    new, change, _ = THINGS[things]
    slug = slug_in(ana.post(f"/{things}", new).json)
    neighbour = other.browser("ana")
    assert slug not in {slug_in(each) for each in neighbour.get(f"/{things}").json[things]}
    assert patch(neighbour, f"/{things}/{slug}", change).status_code == 404
    assert neighbour.delete(f"/{things}/{slug}").status_code == 404


@pytest.mark.parametrize("things", THINGS)
def test_every_write_is_on_record(house, ana, things):
    new, other, _ = THINGS[things]
    slug = slug_in(ana.post(f"/{things}", new).json)
    patch(ana, f"/{things}/{slug}", other)
    ana.delete(f"/{things}/{slug}")
    with house.unit() as unit:
        entries = [entry for entry in unit.audit.latest() if entry.object_id == slug]
    assert [entry.what.rsplit("_", 1)[1] for entry in entries] == ["removed", "changed", "created"]
    assert {entry.member_id for entry in entries} == {house.members["ana"]}
    assert entries[1].data["fields"] == sorted(other)


def test_a_stage_that_is_used_goes_only_with_a_successor(house, ana):
    ana.post("/pipelines", {"slug": "funil", "name": "Funil", "stages": [*STAGES, {"name": "Proposta"}]})
    with house.unit() as unit:
        unit.aliases.put("stage", "funil/velho", "funil/proposta")
    answer = ana.put(
        "/pipelines/funil/stages",
        {"stages": [{"slug": "novo", "name": "Entrada"}, STAGES[1]], "successors": {"proposta": "novo"}},
    )
    assert [(stage["slug"], stage["name"]) for stage in answer.json["stages"]] == [
        ("novo", "Entrada"),
        ("ganho", "Ganho"),
    ]
    stages = {each["slug"]: each["alias_of"] for each in ana.get("/references").json["stage"]}
    assert stages["funil/proposta"] == stages["funil/velho"] == "funil/novo"
    assert ana.delete("/pipelines/funil/stages/ganho").json["stages"][0]["slug"] == "novo"
    assert ana.delete("/pipelines/funil/stages/novo").json["code"] == "last_stage"


@pytest.mark.parametrize(
    ("type", "right", "wrong"),
    [
        ("text", "Casa", 1),
        ("number", 1.5, True),
        ("number", -3, 2**60),
        ("yes_no", False, "no"),
        ("date", "2026-02-28", "2026-02-30"),
        ("list", ["a", 1, True], [["a"]]),
        ("text", "x", "x" * 2001),
    ],
)
def test_a_constant_has_a_value_of_its_type(ana, type, right, wrong):
    assert ana.post("/constants", {"name": "c", "type": type, "value": right}).json["value"] == right
    assert ana.post("/constants", {"name": "d", "type": type, "value": wrong}).status_code == 422


def test_flows_see_constants_in_their_next_turn(house, ana):
    ana.post("/constants", {"name": "loja", "value": "Casa Aroeira"})
    ana.post("/aliases", {"kind": "constant", "alias": "nome_da_loja", "target": "loja"})
    with house.unit() as unit:
        assert unit.accounts.read().settings["vars"] == {"loja": "Casa Aroeira", "nome_da_loja": "Casa Aroeira"}
    draft = copy.deepcopy(ana.get(f"/flows/{house.flow}").json["document"])
    draft["nodes"][1]["params"]["parts"][0]["text"] = "{{ account.vars.loja }}"
    ana.put(f"/flows/{house.flow}/draft", {"document": draft, "revision": 1})
    assert ana.delete("/constants/loja").json["uses"]["flows"][0]["nodes"] == ["hello"]


def test_an_alias_may_not_hide_a_thing(ana):
    assert ana.post("/aliases", {"kind": "team", "alias": "vendas", "target": "geral"}).status_code == 409
    assert ana.post("/aliases", {"kind": "team", "alias": "sac", "target": "nowhere"}).status_code == 422
    assert ana.post("/aliases", {"kind": "ship", "alias": "sac", "target": "geral"}).status_code == 422
    assert ana.post("/aliases", {"kind": "team", "alias": "sac", "target": "geral"}).status_code == 201
    assert ana.get("/aliases").json["aliases"] == [{"kind": "team", "alias": "sac", "target": "geral"}]
    assert ana.post("/teams", {"slug": "sac", "name": "Sac"}).status_code == 409
    assert ana.delete("/aliases?kind=team&alias=sac").status_code == 204
    assert ana.delete("/aliases?kind=team&alias=sac").status_code == 404


def test_an_alias_that_a_flow_names_stays(ana, house):
    ana.post("/teams", {"name": "Comercial"})
    ana.delete("/teams/vendas?successor=comercial")
    assert ana.delete("/aliases?kind=team&alias=vendas").json["code"] == "in_use"


def test_ones_own_snippets_are_nobody_elses(house, ana):
    bia, caio, davi, eva = (house.browser(name) for name in ("bia", "caio", "davi", "eva"))
    assert bia.post("/snippets", {"name": "Meu", "text": "oi", "visible_to": "me"}).status_code == 201
    assert bia.post("/snippets", {"name": "Nosso", "text": "oi"}).status_code == 403
    assert eva.post("/snippets", {"name": "Meu", "text": "oi", "visible_to": "me"}).status_code == 403
    ana.post("/snippets", {"name": "Da equipe", "text": "oi", "visible_to": "team", "team": "vendas"})

    def seen(browser):
        return {each["slug"] for each in browser.get("/snippets").json["snippets"]}

    assert seen(bia) == {"meu", "da-equipe"}
    assert seen(caio) == {"da-equipe"}
    assert seen(davi) == set()
    assert caio.delete("/snippets/meu").status_code == 404
    assert patch(bia, "/snippets/meu", {"visible_to": "everyone"}).status_code == 403
    assert patch(bia, "/snippets/meu", {"text": "olá"}).json["text"] == "olá"


def test_a_flow_that_asks_for_an_old_tag_finds_who_has_its_successor(house, ana):
    for name in ("Antigo", "Novo"):
        ana.post("/tags", {"name": name, "color": "#2f7d6b"})
    document = copy.deepcopy(ana.get(f"/flows/{house.flow}").json["document"])
    when = {"left": "contact.tags", "op": "contains", "right": "antigo"}
    document["nodes"] += [
        {"id": "quem", "type": "condition", "params": {"branches": [{"id": "sim", "title": "Sim", "when": when}]}},
        {"id": "diz", "type": "message", "params": {"parts": [{"kind": "text", "text": "Bem-vindo de volta!"}]}},
    ]
    document["edges"] = [
        {"source": "start", "port": "next", "target": "quem"},
        {"source": "quem", "port": "sim", "target": "diz"},
        {"source": "quem", "port": "else", "target": "hello"},
        {"source": "diz", "port": "next", "target": "hello"},
        *document["edges"][1:],
    ]
    ana.put(f"/flows/{house.flow}/draft", {"document": document, "revision": 1})
    published = ana.post(f"/flows/{house.flow}/versions", {"revision": 2, "accept_warnings": True})
    assert published.status_code == 201, published.text
    assert ana.delete("/tags/antigo").json["code"] == "in_use"
    assert ana.delete("/tags/antigo?successor=novo").status_code == 204
    with house.unit() as unit:
        contact = unit.intake.receive(
            [
                Inbound(
                    house.http.id,
                    "renata",
                    "first",
                    {"kind": "message_received", "at": unit.now.isoformat(), "text": "Oi"},
                )
            ]
        )[0].identity.contact_id
    assert patch(ana, f"/contacts/{contact}", {"tags": {"add": ["antigo"]}}).json["tags"] == ["novo"]

    house.work()

    with house.unit() as unit:
        talk = unit.conversations.latest(contact, house.http.id)
        said = [message.body.get("text") for message in unit.messages.latest(talk.id)]
    assert "Bem-vindo de volta!" in said


@pytest.mark.parametrize("things", sorted(set(THINGS) - {"hours"}))
def test_an_old_slug_stays_understood_and_taken(ana, things):
    new, _, _ = THINGS[things]
    name = "name" if things in ("constants", "secrets") else "slug"
    for slug in ("um", "dois", "tres"):
        assert ana.post(f"/{things}", {**new, name: slug}).status_code == 201
    assert ana.delete(f"/{things}/um?successor=dois").status_code == 204
    assert ana.delete(f"/{things}/um?successor=tres").status_code == 404
    assert patch(ana, f"/{things}/um", {}).status_code == 404
    assert ana.delete(f"/{things}/dois?successor=tres").status_code == 204
    kind = "ai" if things == "ai" else things.removesuffix("s")
    old = {each["slug"]: each["alias_of"] for each in ana.get("/references").json[kind] if each["alias_of"]}
    assert old == {"um": "tres", "dois": "tres"}
    assert ana.post(f"/{things}", {**new, name: "um"}).status_code == 409
    assert ana.delete(f"/{things}/tres").status_code == 204
    assert ana.get("/aliases").json["aliases"] == []
