"""Who names a thing, and what becomes of its slugs when it goes."""

import pytest
from sqlalchemy import Engine

from flowengine.core.errors import Invalid
from flowengine.crm.catalogue import catalogue
from flowengine.crm.uses import InUse, retire, uses_of
from flowengine.store.unit import Unit
from tests.offices import Office, furnish

STAGES = [
    {"slug": slug, "name": slug, "kind": "open", "probability": 50} for slug in ("novo", "proposta", "fechamento")
]


def moving_deals(unit: Unit, pipeline: str, stage: str) -> None:
    """A draft that moves deals to a stage."""
    node = {"id": "move", "type": "move_deal", "params": {"pipeline": pipeline, "stage": stage}}
    document = {"nodes": [node], "edges": [], "settings": {}}
    unit.flows.add(key=f"{pipeline}-{stage}", name="Move", kind="chatbot", document=document, hash="x", by=None)


@pytest.fixture
def office(engine: Engine) -> Office:
    return furnish(engine)


@pytest.fixture
def pipelines(office: Office) -> Office:
    """An account with two pipelines of the same stages."""
    with office.at() as unit:
        for slug in ("varejo", "atacado"):
            unit.pipelines.put_stages(unit.pipelines.add(slug, name=slug).id, STAGES)
    return office


def names_of(unit: Unit, kind: str) -> dict[str, str]:
    return {each["slug"]: each["alias_of"] for each in catalogue(unit, {kind})[kind] if "alias_of" in each}


def test_a_stage_is_named_with_its_pipeline(pipelines: Office):
    with pipelines.at() as unit:
        moving_deals(unit, "varejo", "novo")
        assert [flow.nodes for flow in uses_of(unit, "stage", "varejo/novo").flows] == [("move",)]
        assert not uses_of(unit, "stage", "atacado/novo")
        assert [flow.key for flow in uses_of(unit, "pipeline", "varejo").flows] == ["varejo-novo"]


def test_a_stage_named_by_an_old_name_of_its_pipeline_is_in_use(pipelines: Office):
    with pipelines.at() as unit:
        unit.aliases.put("pipeline", "balcao", "varejo")
        moving_deals(unit, "balcao", "novo")
        with pytest.raises(InUse) as refused:
            retire(unit, "stage", "varejo/novo", None)
        assert refused.value.detail["uses"]["flows"][0]["key"] == "balcao-novo"


def test_a_stage_that_goes_is_known_under_every_name_of_its_pipeline(pipelines: Office):
    with pipelines.at() as unit:
        unit.aliases.put("pipeline", "balcao", "varejo")
        retire(unit, "stage", "varejo/proposta", "varejo/novo")
        unit.pipelines.put_stages(unit.pipelines.named("varejo").id, [STAGES[0], STAGES[2]])
        assert names_of(unit, "stage") == {
            "varejo/proposta": "varejo/novo",
            "balcao/novo": "varejo/novo",
            "balcao/proposta": "varejo/novo",
            "balcao/fechamento": "varejo/fechamento",
        }


def test_a_pipeline_that_goes_takes_the_old_names_of_its_stages_along(pipelines: Office):
    with pipelines.at() as unit:
        retire(unit, "stage", "varejo/proposta", "varejo/novo")
        retire(unit, "pipeline", "varejo", "atacado")
        unit.pipelines.remove("varejo")
        names = names_of(unit, "stage")
        assert names["varejo/proposta"] == "atacado/novo"
        assert names["varejo/fechamento"] == "atacado/fechamento"


def test_nothing_succeeds_itself_or_by_another_name(pipelines: Office):
    with pipelines.at() as unit:
        unit.aliases.put("pipeline", "balcao", "atacado")
        for successor in ("varejo", "balcao", "nowhere"):
            with pytest.raises(Invalid):
                retire(unit, "pipeline", "varejo", successor)


def test_a_segment_names_what_its_condition_compares(office: Office):
    with office.at() as unit:
        definition = {"left": "contact.tags", "op": "contains", "right": "vip"}
        unit.segments.add("bons", name="Bons", description="", definition=definition)
        assert [(use.kind, use.slug) for use in uses_of(unit, "tag", "vip").others] == [("segment", "bons")]
        assert not uses_of(unit, "tag", "novo")
