"""Where a thing of the account is used."""

import copy

import pytest


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


def names_closed_hours(house, slug):
    """The draft asks for the hours of a team, which is not live."""
    with house.unit() as unit:
        flow = unit.flows.get(house.flow)
        document = copy.deepcopy(flow.draft)
        when = {"any": [{"left": f"hours.team:{slug}", "op": "is_true"}]}
        document["nodes"].append(
            {"id": "aberto", "type": "condition", "params": {"branches": [{"id": "sim", "title": "Sim", "when": when}]}}
        )
        unit.flows.save_draft(flow.id, revision=1, name="Bot", document=document, hash="x", by=None)


def test_a_team_is_used_where_a_draft_or_the_live_version_names_it(ana, house):
    names_closed_hours(house, "vendas")
    assert ana.get("/teams/vendas/uses").json == {
        "flows": [
            {
                "id": str(house.flow),
                "key": "bot",
                "name": "Bot",
                "draft": True,
                "live": True,
                "nodes": ["people", "aberto"],
            }
        ],
        "others": [],
    }


def test_settings_name_a_team_without_a_node(ana):
    (use,) = ana.get("/teams/geral/uses").json["flows"]
    assert (use["draft"], use["live"], use["nodes"]) == (True, True, [])


def test_a_use_by_an_alias_is_a_use(ana, house):
    with house.unit() as unit:
        unit.teams.add("suporte", "Suporte")
        unit.aliases.put("team", "sac", "suporte")
    names_closed_hours(house, "sac")
    (use,) = ana.get("/teams/suporte/uses").json["flows"]
    assert (use["draft"], use["live"], use["nodes"]) == (True, False, ["aberto"])


def test_an_archived_flow_uses_nothing_once_nobody_walks_it(ana, house):
    house.queued()
    ana.delete(f"/flows/{house.flow}")
    (use,) = ana.get("/teams/vendas/uses").json["flows"]
    assert (use["draft"], use["live"]) == (False, True)
    with house.unit() as unit:
        for run in unit.runs.open_for([unit.contacts.identity(house.http.id, "renata").contact_id]):
            unit.runs.save(run.id, expected_turn=run.turn, turn=run.turn + 1, state={}, status="completed")
    assert ana.get("/teams/vendas/uses").json == {"flows": [], "others": []}


def test_a_flow_is_used_by_those_that_call_it_and_not_by_itself(ana, house):
    called = ana.post("/flows", {"name": "Pesquisa", "kind": "chatbot"}).json
    with house.unit() as unit:
        flow = unit.flows.get(house.flow)
        document = copy.deepcopy(flow.draft)
        document["nodes"].append({"id": "pesquisa", "type": "call_flow", "params": {"flow": called["key"]}})
        unit.flows.save_draft(flow.id, revision=1, name="Bot", document=document, hash="x", by=None)
    (use,) = ana.get(f"/flows/{called['id']}/uses").json["flows"]
    assert (use["key"], use["draft"], use["nodes"]) == ("bot", True, ["pesquisa"])
    assert ana.get(f"/flows/{house.flow}/uses").json["flows"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/teams/nowhere/uses",
        "/tags/x/uses",
        "/pipelines/a/stages/b/uses",
        "/flows/00000000-0000-7000-8000-000000000000/uses",
    ],
)
def test_what_is_not_there_is_not_used(ana, path):
    assert ana.get(path).status_code == 404


def test_a_document_may_name_everything_the_account_has(ana, house):
    with house.unit() as unit:
        pipeline = unit.pipelines.add("funil", name="Funil")
        unit.pipelines.put_stages(pipeline.id, [{"slug": "novo", "name": "Novo", "kind": "open", "probability": 10}])
        unit.constants.add("loja", type="text", value="Casa", description="")
        unit.aliases.put("pipeline", "comercial", "funil")
    there = ana.get("/references").json
    assert [(each["slug"], each["alias_of"]) for each in there["stage"]] == [
        ("funil/novo", None),
        ("comercial/novo", "funil/novo"),
    ]
    assert there["pipeline"][0]["stages"] == [{"slug": "novo", "name": "Novo", "kind": "open"}]
    assert there["constant"][0] == {
        "slug": "loja", "name": "loja", "alias_of": None, "type": "text", "value": "Casa"
    }  # fmt: skip
    assert {each["slug"]: each["teams"] for each in there["user"]}["ana"] == ["geral", "vendas"]
    assert {each["slug"]: each["members"] for each in there["team"]} == {"geral": 2, "vendas": 3}


def test_a_flow_that_another_one_starts_is_archived_only_with_a_successor(ana, house):
    made = {name: ana.post("/flows", {"name": name}).json for name in ("Alvo", "Outro", "Chama")}
    document = made["Chama"]["document"]
    document["nodes"].append({"id": "vai", "type": "start_flow", "params": {"flow": "alvo"}})
    ana.put(f"/flows/{made['Chama']['id']}/draft", {"document": document, "revision": 1})

    refused = ana.delete(f"/flows/{made['Alvo']['id']}")
    assert (refused.status_code, refused.json["uses"]["flows"][0]["nodes"]) == (409, ["vai"])
    assert ana.delete(f"/flows/{made['Alvo']['id']}?successor=outro").status_code == 204

    with house.unit() as unit:
        assert unit.flows.by_key("alvo").key == "outro"
    ana.post(f"/flows/{made['Alvo']['id']}/restore")
    with house.unit() as unit:
        assert unit.flows.by_key("alvo").key == "alvo"
