"""Ready-made flows, as the builder offers them."""

from pathlib import Path

FILES = [path for path in (Path(__file__).parents[2] / "flows").glob("*.json") if ".stories." not in path.name]
NEVER_TRAVEL = {"secret", "ai"}


def test_every_ready_made_flow_can_be_started_from(house):
    offered = house.browser("ana").get("/ready-made-flows").json["flows"]
    assert {each["key"] for each in offered} == {path.stem for path in FILES}
    assert [each["kind"] for each in offered][0] == "chatbot"
    for each in offered:
        assert len(each["document"]["nodes"]) == each["nodes"]
        assert len(each["description"]) > 40


def test_what_the_flows_need_is_created_with_them(house):
    ana = house.browser("ana")
    offered = ana.get("/ready-made-flows").json["flows"]
    references = {(thing["kind"], thing["slug"]): thing for each in offered for thing in each["references"]}
    bundle = {
        "format": "flowengine/bundle",
        "format_version": 1,
        "origin": {"account": {"slug": "ready-made", "name": ""}, "at": ""},
        "flows": [{"document": each["document"]} for each in offered],
        "references": list(references.values()),
    }
    lacking = [
        thing
        for thing in ana.post("/bundles/look", {"bundle": bundle}).json["references"]
        if thing["found"] == "lacks" and thing["kind"] not in NEVER_TRAVEL
    ]
    mapping = {f"{thing['kind']}:{thing['slug']}": {"create": True} for thing in lacking}
    imported = ana.post("/bundles/import", {"bundle": bundle, "mapping": mapping})

    assert imported.status_code == 201, imported.text
    assert {"field:cpf", "template:aniversario-cupom", "segment:sem-resposta"} <= set(imported.json["created"])
    for flow in imported.json["flows"]:
        findings = ana.get(f"/flows/{flow['id']}").json["findings"]
        missing = [each["pointer"] for each in findings if (each["code"], each["severity"]) == ("F160", "error")]
        assert all(pointer.endswith(("/secret", "/ai")) for pointer in missing), missing


def test_only_who_sees_flows_is_offered_them(house):
    assert house.app.test_client().get("/api/v1/ready-made-flows").status_code == 401
