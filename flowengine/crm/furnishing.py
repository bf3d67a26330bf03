"""What a new account begins with, so that its people see something and can change it: reasons, tags, a pipeline …"""

from collections.abc import Mapping
from typing import Any

from flowengine.store.unit import Unit

Words = Mapping[str, str]

REASONS: tuple[tuple[str, str, Words], ...] = (
    ("resolvido", "resolved", {"pt-BR": "Resolvido", "en": "Resolved"}),
    ("sem-resposta", "other", {"pt-BR": "Cliente não respondeu", "en": "Contact did not answer"}),
    ("preco", "lost", {"pt-BR": "Preço", "en": "Price"}),
    ("concorrente", "lost", {"pt-BR": "Escolheu um concorrente", "en": "Chose a competitor"}),
)
TAGS: tuple[tuple[str, str, Words], ...] = (
    ("novo-contato", "#2f7d6b", {"pt-BR": "Novo contato", "en": "New contact"}),
    ("cliente", "#3b6fb5", {"pt-BR": "Cliente", "en": "Customer"}),
    ("vip", "#b5793b", {"pt-BR": "VIP", "en": "VIP"}),
)
PIPELINE: Words = {"pt-BR": "Vendas", "en": "Sales"}
STAGES: tuple[tuple[str, str, int, Words], ...] = (
    ("novo", "open", 10, {"pt-BR": "Novo", "en": "New"}),
    ("qualificado", "open", 30, {"pt-BR": "Qualificado", "en": "Qualified"}),
    ("proposta", "open", 60, {"pt-BR": "Proposta enviada", "en": "Proposal sent"}),
    ("ganho", "won", 100, {"pt-BR": "Ganho", "en": "Won"}),
    ("perdido", "lost", 0, {"pt-BR": "Perdido", "en": "Lost"}),
)
CONSTANT: Words = {"pt-BR": "Como a empresa se apresenta nas mensagens", "en": "How the company introduces itself"}


def furnish(unit: Unit, *, language: str, company: str) -> None:
    """What any account is glad of. `language` decides the names; slugs are the same in each, so that flows fit."""
    for slug, kind, name in REASONS:
        unit.reasons.add(slug, name=name[language], kind=kind)
    for slug, color, name in TAGS:
        unit.tags.add(slug, name=name[language], color=color)
    pipeline = unit.pipelines.add("vendas", name=PIPELINE[language])
    stages = [
        {"slug": slug, "name": name[language], "kind": kind, "probability": likely}
        for slug, kind, likely, name in STAGES
    ]
    unit.pipelines.put_stages(pipeline.id, stages)
    unit.constants.add("nome_da_empresa", type="text", value=company, description=CONSTANT[language])


def furnish_demo(unit: Unit) -> None:
    """What the demo account has besides, in Portuguese."""
    choices = [
        {"slug": "loja", "name": "Loja"},
        {"slug": "site", "name": "Site"},
        {"slug": "indicacao", "name": "Indicação"},
    ]
    fields: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
        ("contact", "cidade", "Cidade", "text", {}),
        ("contact", "aniversario", "Aniversário", "date", {}),
        ("contact", "origem", "Como nos conheceu", "choice", {"choices": choices}),
        ("deal", "prazo", "Prazo de entrega", "date", {}),
    )
    for of, slug, name, type, more in fields:
        unit.fields.add(of, slug, name, type, **more)
    unit.constants.add("site", type="text", value="https://casaaroeira.example", description="Endereço da loja na web")
    unit.constants.add("frete_gratis", type="number", value=299, description="Valor mínimo em reais para frete grátis")
    unit.snippets.add(
        "boas-vindas",
        name="Boas-vindas",
        text="Olá! Aqui é da Casa Aroeira. Como posso ajudar?",
        visible_to="everyone",
    )
    unit.snippets.add(
        "prazo", name="Prazo de entrega", text="Entregamos em até 7 dias úteis na capital.", visible_to="everyone"
    )
    unit.templates.add(
        "pedido-a-caminho",
        name="Pedido a caminho",
        language="pt-BR",
        category="utility",
        status="approved",
        header="",
        body="Olá, {{nome}}! Seu pedido {{pedido}} saiu para entrega.",
        footer="Casa Aroeira",
        buttons=[],
        parameters=[{"name": "nome", "example": "Renata"}, {"name": "pedido", "example": "1042"}],
    )
