"""Ready-made flows, as the builder offers them."""

from pathlib import Path

FILES = [path for path in (Path(__file__).parents[2] / "flows").glob("*.json") if ".stories." not in path.name]


def test_every_ready_made_flow_can_be_started_from(house):
    offered = house.browser("ana").get("/ready-made-flows").json["flows"]
    assert {each["key"] for each in offered} == {path.stem for path in FILES}
    assert [each["kind"] for each in offered][0] == "chatbot"
    for each in offered:
        assert len(each["document"]["nodes"]) == each["nodes"]
        assert len(each["description"]) > 40


def test_only_who_sees_flows_is_offered_them(house):
    assert house.app.test_client().get("/api/v1/ready-made-flows").status_code == 401
