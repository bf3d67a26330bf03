"""Tags, fields, segments and portfolios over the API."""

import copy

import pytest

from tests.web.conftest import document


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


def patch(browser, path, body):
    return browser.post(path, body, method="PATCH")


HOT = {"left": "contact.score", "op": "greater", "right": 10}
# Path, what makes one, what changes it, what may not be sent.
THINGS = {
    "tags": ({"name": "Muito VIP"}, {"color": "#00ff00"}, {"color": "green"}),
    "fields": ({"name": "Data de nascimento", "type": "date"}, {"required": True}, {"choices": [{"name": "x"}]}),
    "segments": (
        {"name": "Quentes", "definition": HOT},
        {"description": "Acima de 10"},
        {"definition": {"left": "vars.x", "op": "is_known"}},
    ),
    "portfolios": ({"name": "Da Bia", "owner": "bia"}, {"kind": "several", "teams": ["vendas"]}, {"owner": "nobody"}),
}


@pytest.mark.parametrize("things", THINGS)
def test_a_thing_is_made_changed_and_removed(ana, things):
    new, other, _ = THINGS[things]
    made = ana.post(f"/{things}", new)
    assert made.status_code == 201, made.text
    slug = made.json["slug"]
    changed = patch(ana, f"/{things}/{slug}", other)
    assert changed.status_code == 200, changed.text
    assert other.items() <= changed.json.items()
    assert patch(ana, f"/{things}/{slug}", {}).json == changed.json
    assert slug in {each["slug"] for each in ana.get(f"/{things}").json[things]}
    assert ana.delete(f"/{things}/{slug}").status_code == 204
    assert ana.get(f"/{things}").json[things] == []
    assert ana.delete(f"/{things}/{slug}").status_code == 404


@pytest.mark.parametrize("things", THINGS)
def test_what_cannot_be_is_refused(ana, things):
    new, _, wrong = THINGS[things]
    assert ana.post(f"/{things}", {**new, **wrong}).status_code == 422
    slug = ana.post(f"/{things}", new).json["slug"]
    assert patch(ana, f"/{things}/{slug}", wrong).status_code == 422
    assert ana.post(f"/{things}", {**new, "slug": slug}).status_code == 409


@pytest.mark.parametrize("things", THINGS)
def test_only_an_administrator_changes_them(house, ana, things):
    new, other, _ = THINGS[things]
    slug = ana.post(f"/{things}", new).json["slug"]
    bia = house.browser("bia")
    assert bia.get(f"/{things}").status_code == 200
    assert bia.post(f"/{things}", new).status_code == 403
    assert patch(bia, f"/{things}/{slug}", other).status_code == 403
    assert bia.delete(f"/{things}/{slug}").status_code == 403


@pytest.mark.parametrize("things", THINGS)
def test_another_account_has_none_of_them(ana, other, things):
    slug = ana.post(f"/{things}", THINGS[things][0]).json["slug"]
    stranger = other.browser("ana")
    assert stranger.get(f"/{things}").json[things] == []
    assert patch(stranger, f"/{things}/{slug}", THINGS[things][1]).status_code == 404
    assert stranger.delete(f"/{things}/{slug}").status_code == 404


def test_a_slug_comes_from_the_name_and_from_nobody_else(ana):
    assert [ana.post("/tags", {"name": "Cliente  Ótimo"}).json["slug"] for _ in "ab"] == [
        "cliente-otimo",
        "cliente-otimo-2",
    ]
    assert [ana.post("/fields", {"name": "2ª via"}).json["slug"] for _ in "ab"] == ["f_2a_via", "f_2a_via_2"]
    assert ana.post("/fields", {"name": "2ª via", "of": "deal"}).json["slug"] == "f_2a_via"


def test_a_tag_says_how_many_have_it_and_leaves_them_to_its_successor(ana):
    for name in ("VIP", "Ouro"):
        ana.post("/tags", {"name": name})
    contact = ana.post("/contacts", {"name": "Rui", "tags": {"add": ["vip"]}}).json["id"]
    assert {each["slug"]: each["uses_contacts"] for each in ana.get("/tags").json["tags"]} == {"vip": 1, "ouro": 0}
    assert ana.delete("/tags/vip?successor=ouro").status_code == 204
    assert ana.get(f"/contacts/{contact}").json["tags"] == ["ouro"]
    patch(ana, f"/contacts/{contact}", {"tags": {"add": ["vip"]}})
    assert ana.get(f"/contacts/{contact}").json["tags"] == ["ouro"]


def test_a_tag_that_a_flow_names_stays_until_it_has_a_successor(ana):
    for name in ("VIP", "Ouro"):
        ana.post("/tags", {"name": name})
    flow = copy.deepcopy(document(key="tagged", name="Tagged"))
    flow["nodes"].append({"id": "tag", "type": "tags", "params": {"on": "contact", "add": ["vip"]}})
    assert ana.post("/flows", {"name": "Tagged", "kind": "chatbot", "document": flow}).status_code == 201
    refused = ana.delete("/tags/vip")
    assert (refused.status_code, refused.json["code"]) == (409, "in_use")
    assert [use["nodes"] for use in refused.json["uses"]["flows"]] == [["tag"]]
    assert ana.delete("/tags/vip?successor=ouro").status_code == 204


def test_choices_that_somebody_has_stay(ana):
    choices = [{"name": "Prata"}, {"name": "Ouro"}]
    field = ana.post("/fields", {"name": "Plano", "type": "choice", "choices": choices}).json
    assert [each["slug"] for each in field["choices"]] == ["prata", "ouro"]
    contact = ana.post("/contacts", {"fields": {"plano": "OURO"}}).json
    assert contact["fields"] == {"plano": "ouro"}
    assert patch(ana, "/fields/plano", {"choices": [{"slug": "prata", "name": "Prata"}]}).status_code == 409
    renamed = [{"slug": "ouro", "name": "Dourado"}, {"name": "Bronze"}]
    assert patch(ana, "/fields/plano", {"choices": renamed}).json["choices"][1] == {"slug": "bronze", "name": "Bronze"}


def test_a_field_becomes_unique_where_no_two_contacts_agree(ana):
    ana.post("/fields", {"name": "Código"})
    one, two = (ana.post("/contacts", {"fields": {"codigo": code}}).json["id"] for code in ("A1", "a1"))
    refused = patch(ana, "/fields/codigo", {"unique": True})
    assert (refused.status_code, sorted(refused.json["contacts"])) == (409, sorted([one, two]))
    patch(ana, f"/contacts/{two}", {"fields": {"codigo": "A2"}})
    assert patch(ana, "/fields/codigo", {"unique": True}).status_code == 200
    assert patch(ana, f"/contacts/{two}", {"fields": {"codigo": "a1"}}).status_code == 409


def test_a_field_leaves_what_it_holds_to_one_of_its_type(ana):
    for new in ({"name": "Velho"}, {"name": "Novo"}, {"name": "Idade", "type": "integer"}):
        ana.post("/fields", new)
    contact = ana.post("/contacts", {"fields": {"velho": "x"}}).json["id"]
    assert ana.delete("/fields/velho?successor=idade").status_code == 422
    assert ana.delete("/fields/velho?successor=novo").status_code == 204
    assert ana.get(f"/contacts/{contact}").json["fields"] == {"novo": "x"}


@pytest.mark.parametrize(
    "definition",
    [
        {"left": "conversation.state", "op": "equals", "right": "bot"},
        {"left": "contact.score", "op": "sings", "right": 1},
        {"left": "contact.tags", "op": "contains", "right": "unheard"},
        {"left": "contact.fields.unheard", "op": "is_known"},
        {"left": "contact.segment:quentes", "op": "is_true"},
        {"all": []},
    ],
)
def test_a_definition_is_looked_at_before_it_is_saved(ana, definition):
    ana.post("/segments", {"name": "Quentes", "definition": HOT})
    (finding,) = ana.post("/segments/check", {"slug": "quentes", "definition": definition}).json["findings"]
    assert finding["severity"] == "error"
    assert set(finding["message"]) == {"pt-BR", "en"}
    assert patch(ana, "/segments/quentes", {"definition": definition}).status_code == 422
    assert ana.post("/segments/check", {"definition": HOT}).json == {"findings": []}


def test_a_portfolio_holds_contacts(ana, house):
    for name, owner in (("Da Bia", "bia"), ("Do Caio", "caio")):
        ana.post("/portfolios", {"name": name, "owner": owner})
    contact = ana.post("/contacts", {"name": "Rui"}).json["id"]
    assert house.browser("bia").post("/portfolios/da-bia/contacts", {"contacts": [contact]}).json["contacts"] == 1
    assert [each["slug"] for each in ana.get(f"/contacts/{contact}").json["portfolios"]] == ["da-bia"]
    assert ana.delete("/portfolios/da-bia?successor=do-caio").status_code == 204
    assert ana.delete(f"/portfolios/do-caio/contacts/{contact}").status_code == 204
    assert ana.delete(f"/portfolios/do-caio/contacts/{contact}").status_code == 404


def test_a_conversation_is_tagged_by_those_who_see_it(ana, house):
    for name in ("VIP", "Frio"):
        ana.post("/tags", {"name": name})
    talk = house.queued()
    bia, davi = house.browser("bia"), house.browser("davi")
    assert bia.post(f"/conversations/{talk}/tags", {"add": ["vip", "frio"]}).json["tags"] == ["frio", "vip"]
    assert bia.post(f"/conversations/{talk}/tags", {"remove": ["frio"]}).json["tags"] == ["vip"]
    assert bia.post(f"/conversations/{talk}/tags", {"add": ["unheard"]}).status_code == 422
    assert davi.post(f"/conversations/{talk}/tags", {"add": ["frio"]}).status_code == 404
    assert ana.get(f"/conversations/{talk}").json["tags"] == ["vip"]
