"""`split`: sends contacts different ways by weight, each always the same way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.draws import Variant, drawn
from flowengine.core.errors import BadParameter
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    """`goal` is what the variants are judged by in reports; empty: the flow's."""

    variants: tuple[Variant, ...]
    goal: str = ""


def read(params: Mapping[str, Any]) -> Params:
    variants = tuple(Variant(each["id"], each["weight"]) for each in params["variants"])
    if all(variant.weight == 0 for variant in variants):
        raise BadParameter({"pt-BR": "nenhuma variante tem peso", "en": "no variant has a weight"})
    return Params(variants, params.get("goal", ""))


def enter(params: Params, context: Context) -> Step:
    """By the contact; by the deal where there is none, by the run where there is neither."""
    ids = (context.names["contact"].get("id"), context.names["deal"].get("id"), context.run)
    subject = next(str(each) for each in ids if each)
    return Go(drawn(params.variants, f"{subject}|{context.node}"), why=params.goal)


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
