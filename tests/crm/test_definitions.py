"""Definitions: whatever can be created elsewhere is there what it was here; what cannot be is refused."""

import json

import pytest
from uuid_utils.compat import uuid7

from flowengine.core.bundle import Definition, bundle_text
from flowengine.core.errors import CallerError, InvalidFlow
from flowengine.crm import copies
from flowengine.crm.creation import CREATABLE, create
from flowengine.crm.definitions import definitions_of
from flowengine.store.unit import Unit

BUTTON = {"kind": "url", "text": "Ver", "value": "https://example.com"}
KEYS = [
    ("constant", "loja"),
    ("constant", "precos"),
    ("deal_field", "origem"),
    ("field", "cidade"),
    ("pipeline", "vendas"),
    ("portfolio", "vips"),
    ("reason", "caro"),
    ("segment", "recife"),
    ("snippet", "pix"),
    ("stage", "vendas/novo"),
    ("tag", "vip"),
    ("team", "pos-venda"),
    ("template", "lembrete"),
]


def _account(engine, slug):
    account = uuid7()
    with Unit.open(engine, account) as unit:
        unit.accounts.create(slug=slug, name=slug.title())
        unit.teams.add("geral", "Geral", is_default=True)
    return lambda: Unit.open(engine, account)


@pytest.fixture
def here(engine):
    here = _account(engine, "casa")
    with here() as unit:
        unit.constants.add("loja", type="text", value="Loja do Zé", description="Nome")
        unit.constants.add("precos", type="list", value=["a", 1.5], description="")
        choices = [{"slug": "site", "name": "Site"}, {"slug": "loja", "name": "Loja"}]
        unit.fields.add("deal", "origem", "Origem", "choice", choices=choices, required=True)
        unit.fields.add("contact", "cidade", "Cidade", "text", in_form=False, description="Onde mora")
        pipeline = unit.pipelines.add("vendas", name="Vendas")
        stages = [("novo", "Novo", "open", 10), ("ganho", "Ganho", "won", 100)]
        names = ("slug", "name", "kind", "probability")
        unit.pipelines.put_stages(pipeline.id, [dict(zip(names, stage, strict=True)) for stage in stages])
        unit.portfolios.add("vips", name="VIPs", kind="several")
        unit.reasons.add("caro", name="Caro", kind="lost")
        definition = {"all": [{"left": "contact.fields.cidade", "op": "equals", "right": "Recife"}]}
        unit.segments.add("recife", name="De Recife", description="Na cidade", definition=definition)
        unit.snippets.add("pix", name="Pix", text="A chave é…", visible_to="everyone")
        unit.tags.add("vip", name="VIP", color="#aa2211")
        week, holidays = {"mon": [["08:00", "18:00"]]}, [{"country": "BR", "region": "PE"}, {"date": "2026-12-24"}]
        hours = unit.hours.add("comercial", "Comercial", timezone="America/Recife", week=week, holidays=holidays)
        team = unit.teams.add("pos-venda", "Pós-venda", access="agent", texts={"closed": "Voltamos."})
        unit.teams.change(team.id, hours_id=hours.id)
        unit.templates.add(
            "lembrete", name="Lembrete", language="pt-BR", category="utility", status="approved", header="", footer="",
            body="Olá {{nome}}", buttons=[BUTTON], parameters=[{"name": "nome", "example": "Ana"}],
        )  # fmt: skip
    return here


@pytest.fixture
def there(engine):
    return _account(engine, "vizinha")


def test_every_kind_is_there_what_it_was_here(here, there):
    with here() as unit:
        known = definitions_of(unit, KEYS)
    assert {kind for kind, _ in known} == CREATABLE
    assert all(definition.data for definition in known.values())
    with there() as unit:
        for key in KEYS:
            create(unit, key, known[key])
        assert definitions_of(unit, KEYS) == known
        assert unit.templates.named("lembrete").status == "draft"


def test_what_is_exported_fits_the_schema_of_bundles(here, there):
    bundle = _bundle_with(_known(here))
    read = copies.read(json.loads(bundle_text(bundle)))
    with there() as unit:
        report = copies.look(unit, read)
        assert all(each["found"] == "lacks" and each["can_create"] for each in report["references"])
        mapping = {f"{kind}:{slug}": {"create": True} for kind, slug in KEYS}
        assert copies.take_in(unit, read, mapping, by=None).left == ()
        assert [each["differs"] for each in copies.look(unit, read)["references"]] == [[]] * len(KEYS)


def test_what_a_segment_asks_for_comes_along(here):
    with here() as unit:
        assert set(definitions_of(unit, [("segment", "recife")])) == {("segment", "recife"), ("field", "cidade")}


def test_an_alias_is_defined_as_what_it_stands_for(here):
    with here() as unit:
        unit.aliases.put("team", "sac", "pos-venda")
        (known,) = definitions_of(unit, [("team", "sac")]).values()
    assert (known.name, known.alias_of) == ("Pós-venda", "pos-venda")


def test_hours_that_are_the_same_are_not_made_twice(here, there):
    known = _known(here)
    with there() as unit:
        create(unit, ("team", "pos-venda"), known["team", "pos-venda"])
        create(unit, ("team", "outra"), known["team", "pos-venda"])
        assert [each.slug for each in unit.hours.all()] == ["comercial"]


@pytest.mark.parametrize(
    ("key", "data"),
    [
        (("segment", "s"), {"name": "S", "definition": {"left": "contact.fields.nada", "op": "equals", "right": "x"}}),
        (("stage", "nada/novo"), {"name": "Novo", "kind": "open", "probability": 1}),
        (("team", "t"), {"name": "T", "access": "team", "hours": {
            "slug": "h", "name": "H", "timezone": "Mars/Base", "week": {}, "holidays": []}}),
        (("team", "t"), {"name": "T", "access": "team", "hours": {
            "slug": "h", "name": "H", "timezone": "UTC", "week": {}, "holidays": [{"country": "XX"}]}}),
        (("pipeline", "p"), {"name": "P", "stages": [
            {"slug": "a", "name": "A", "kind": "open", "probability": 1}] * 2}),
        (("field", "f"), {"name": "F", "type": "choice", "choices": [{"slug": "a", "name": "A"}] * 2}),
    ],
)  # fmt: skip
def test_what_could_not_work_here_is_not_created(there, key, data):
    with pytest.raises(CallerError), there() as unit:
        create(unit, key, Definition("x", data))


@pytest.mark.parametrize(
    ("kind", "slug", "definition"),
    [
        ("tag", "vip", {"name": "VIP", "color": "red"}),
        ("constant", "Loja", {"type": "text", "value": "x"}),
        ("constant", "loja", {"type": "number", "value": "x"}),
        ("field", "f", {"name": "F", "type": "blob"}),
        ("user", "ana", {"name": "Ana"}),
        ("secret", "erp", {"value": "x"}),
        ("stage", "novo", {"name": "Novo", "kind": "open", "probability": 1}),
    ],
)
def test_a_definition_nobody_could_have_exported_is_refused(kind, slug, definition):
    reference = {"kind": kind, "slug": slug, "name": "x", "definition": definition}
    with pytest.raises(InvalidFlow):
        copies.read({**_bundle_with({}), "references": [reference]})


def _known(here):
    with here() as unit:
        return definitions_of(unit, KEYS)


def _bundle_with(known):
    return {
        "format": "flowengine/bundle",
        "format_version": 1,
        "origin": {"account": {"slug": "casa", "name": "Casa"}, "at": "2026-01-05T10:00:00-03:00"},
        "flows": [],
        "references": [
            {"kind": kind, "slug": slug, "name": each.name, "definition": dict(each.data)}
            for (kind, slug), each in known.items()
        ],
    }
