"""How a draft stood: one point a sitting of one person, the first kept, the named kept longer, the rest bounded."""

from uuid import UUID

import pytest

from flowengine.core.errors import NotFound
from flowengine.store import flow_points
from flowengine.store.unit import Unit
from tests.offices import Office


@pytest.fixture
def flow(office: Office) -> UUID:
    with office.at() as unit:
        return unit.flows.add(key="bot", name="Bot", kind="chatbot", document={"nodes": [0]}, hash="0", by=None).id


def _save(unit: Unit, flow_id: UUID, node: int, by: UUID | None) -> int:
    before = unit.flows.get(flow_id)
    saved = unit.flows.save_draft(
        flow_id, revision=before.draft_revision, name="Bot", document={"nodes": [node]}, hash=str(node), by=by
    )
    unit.points.keep(before, saved)
    return saved.draft_revision


def _kept(unit: Unit, flow_id: UUID) -> list[int]:
    return [each.revision for each in unit.points.heads(flow_id, until=10_000, most=500)]


def test_the_first_save_keeps_how_the_flow_stood_before(office: Office, flow: UUID):
    with office.at() as unit:
        _save(unit, flow, 1, office.ana.id)
        assert _kept(unit, flow) == [2, 1]
        assert unit.points.get(flow, 1).document == {"nodes": [0]}


def test_saves_of_one_person_within_a_sitting_are_one_point(office: Office, flow: UUID):
    with office.at() as unit:
        for node in (1, 2, 3):
            _save(unit, flow, node, office.ana.id)
        _save(unit, flow, 4, office.bia.id)
        _save(unit, flow, 5, office.ana.id)
        heads = unit.points.heads(flow, until=10_000, most=10)
        assert [(each.revision, each.saved_by, each.before) for each in heads] == [
            (6, office.ana.id, 5),
            (5, office.bia.id, 4),
            (4, office.ana.id, 1),
            (1, None, None),
        ]
        assert unit.points.get(flow, 4).document == {"nodes": [3]}


def test_a_sitting_ends_after_a_while_and_by_a_name(office: Office, flow: UUID):
    with office.at() as unit:
        _save(unit, flow, 1, office.ana.id)
    with office.at(minutes=11) as unit:
        _save(unit, flow, 2, office.ana.id)
        unit.points.name(flow, 3, "Antes da campanha")
        _save(unit, flow, 3, office.ana.id)
        assert _kept(unit, flow) == [4, 3, 2, 1]
        assert unit.points.heads(flow, until=4, most=1)[0].name == "Antes da campanha"
        with pytest.raises(NotFound):
            unit.points.name(flow, 99, "Nenhum")


def test_the_oldest_without_a_name_go(office: Office, flow: UUID, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(flow_points, "MOST", 3)
    with office.at() as unit:
        for node in range(1, 7):
            revision = _save(unit, flow, node, office.ana.id if node % 2 else office.bia.id)
            if revision == 3:
                unit.points.name(flow, 3, "Boa")
        assert _kept(unit, flow) == [7, 6, 5, 3]
    with office.at(minutes=91 * 24 * 60) as unit:
        _save(unit, flow, 8, None)
        assert _kept(unit, flow) == [8, 3]
