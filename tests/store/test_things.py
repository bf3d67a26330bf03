"""What flows name of their account: found by slug and by alias, taken once, kept in order, never in clear."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from flowengine.core.errors import Conflict
from flowengine.effects.sealing import seal, unseal
from flowengine.store.unit import Unit
from tests.offices import NOON, Office

SECRET = "the installation's secret, long enough"
STAGES = [
    {"slug": "novo", "name": "Novo", "kind": "open", "probability": 10},
    {"slug": "ganho", "name": "Ganho", "kind": "won", "probability": 100},
]
MAKE: dict[str, Callable[[Unit, str], Any]] = {
    "ai": lambda unit, slug: unit.ai.add(slug, name="IA", url="https://ai.example/v1", model="m", max_tokens=100),
    "constants": lambda unit, slug: unit.constants.add(slug, type="text", value="Casa", description=""),
    "pipelines": lambda unit, slug: unit.pipelines.add(slug, name="Vendas"),
    "reasons": lambda unit, slug: unit.reasons.add(slug, name="Preço", kind="lost"),
    "secrets": lambda unit, slug: unit.secrets.add(slug, description="", sealed=seal("s3cret", SECRET)),
    "snippets": lambda unit, slug: unit.snippets.add(slug, name="Oi", text="Oi!", visible_to="everyone"),
    "templates": lambda unit, slug: unit.templates.add(
        slug, name="Oi", language="pt-BR", category="utility", status="draft", header="", body="Oi", footer="",
        buttons=[], parameters=[{"name": "nome", "example": "Ana"}],
    ),
}  # fmt: skip
KIND = {
    "ai": "ai",
    "constants": "constant",
    "pipelines": "pipeline",
    "reasons": "reason",
    "secrets": "secret",
    "snippets": "snippet",
    "templates": "template",
}


@pytest.mark.parametrize("area", MAKE)
def test_a_thing_is_found_by_its_slug_and_by_its_alias(office: Office, neighbour: Office, area: str):
    with office.at() as unit:
        made = MAKE[area](unit, "um")
        unit.aliases.put(KIND[area], "outro", "um")
        things = getattr(unit, area)
        assert things.named("um") == things.named("outro") == made
        assert things.all() == [made]
    with neighbour.at() as unit:
        assert getattr(unit, area).named("um") is None
        assert getattr(unit, area).all() == []


@pytest.mark.parametrize("area", MAKE)
def test_a_slug_is_taken_once_also_by_an_alias(office: Office, area: str):
    with office.at() as unit:
        MAKE[area](unit, "um")
        unit.aliases.put(KIND[area], "outro", "um")
        for slug in ("um", "outro"):
            with pytest.raises(Conflict):
                MAKE[area](unit, slug)
        assert getattr(unit, area).free("outro") == "outro-2"


@pytest.mark.parametrize("area", MAKE)
def test_what_is_removed_frees_its_slug(office: Office, area: str):
    with office.at() as unit:
        MAKE[area](unit, "um")
        assert getattr(unit, area).remove("um")
        assert not getattr(unit, area).remove("um")
        assert MAKE[area](unit, "um").slug == "um"


def test_an_alias_of_an_alias_is_one_of_the_same_thing(office: Office):
    with office.at() as unit:
        MAKE["reasons"](unit, "preco")
        unit.aliases.put("reason", "caro", "valor")
        unit.aliases.put("reason", "valor", "preco")
        unit.aliases.put("reason", "custo", "valor")
        assert {alias.alias: alias.target for alias in unit.aliases.all()} == dict.fromkeys(
            ("caro", "valor", "custo"), "preco"
        )
        assert unit.reasons.named("caro") == unit.reasons.named("preco")
        unit.aliases.forget("reason", "preco")
        assert unit.aliases.all() == []


def test_stages_keep_their_order_and_themselves(office: Office):
    with office.at() as unit:
        pipeline = MAKE["pipelines"](unit, "vendas")
        unit.pipelines.put_stages(pipeline.id, STAGES)
        before = unit.pipelines.stages()[pipeline.id]
        unit.pipelines.put_stages(pipeline.id, [STAGES[1], {**STAGES[0], "name": "Começo"}])
        after = unit.pipelines.stages()[pipeline.id]
        assert [(stage.slug, stage.name) for stage in after] == [("ganho", "Ganho"), ("novo", "Começo")]
        assert {stage.id for stage in after} == {stage.id for stage in before}
        unit.pipelines.put_stages(pipeline.id, STAGES[:1])
        assert [stage.slug for stage in unit.pipelines.stages()[pipeline.id]] == ["novo"]
        assert unit.pipelines.remove("vendas")
        assert unit.pipelines.stages() == {}


def test_constants_are_known_by_their_aliases_as_well(office: Office):
    with office.at() as unit:
        unit.constants.add("loja", type="text", value="Casa", description="")
        unit.constants.add("precos", type="list", value=[1, 2], description="")
        unit.aliases.put("constant", "nome_da_loja", "loja")
        assert unit.accounts.read().settings["vars"] == {"loja": "Casa", "nome_da_loja": "Casa", "precos": [1, 2]}


def test_a_secret_does_not_lie_in_clear(office: Office, owner_engine: Engine):
    with office.at() as unit:
        unit.secrets.add("erp", description="ERP", sealed=seal("s3cret-value", SECRET))
        assert "s3cret" not in repr(unit.secrets.all())
        assert unseal(unit.secrets.sealed("erp"), SECRET) == "s3cret-value"
    with owner_engine.connect() as connection:
        (row,) = connection.execute(text("select s::text, encode(sealed, 'escape') from secret s")).all()
    assert "s3cret" not in "".join(row)


def test_it_is_known_when_a_secret_was_last_used(office: Office):
    with office.at() as unit:
        MAKE["secrets"](unit, "erp")
        unit.aliases.put("secret", "velho", "erp")
    with office.at(5) as unit:
        unit.secrets.used("velho")
        assert (unit.secrets.named("erp").used_at - NOON).total_seconds() == 300


def test_old_names_of_tags_and_fields_are_at_hand_in_every_turn(office: Office):
    with office.at() as unit:
        unit.aliases.put("tag", "cliente", "vip")
        unit.aliases.put("team", "sac", "vendas")
        assert unit.accounts.read().settings == {"vars": {}, "aliases": {"tag": {"cliente": "vip"}}}
        unit.aliases.forget("tag", "vip")
        assert unit.accounts.read().settings["aliases"] == {}
