"""The sentences of stories that do not come true, in each language."""

from __future__ import annotations

from collections.abc import Mapping

STORY_TEXTS: Mapping[str, Mapping[str, str]] = {
    "said": {
        "pt-BR": "o bot não disse o que estava escrito",
        "en": "the bot did not say what was written",
    },
    "said.nothing": {
        "pt-BR": "o bot não disse nada",
        "en": "the bot said nothing",
    },
    "said.unexpected": {
        "pt-BR": "o bot falou, e nada estava escrito",
        "en": "the bot spoke, and nothing was written",
    },
    "options": {
        "pt-BR": "as opções oferecidas são outras",
        "en": "other options were offered",
    },
    "team": {
        "pt-BR": "a conversa foi para a equipe “{came}”, e não para “{expected}”",
        "en": "the conversation went to the team “{came}”, not to “{expected}”",
    },
    "team.none": {
        "pt-BR": "a conversa não foi para a equipe “{expected}”",
        "en": "the conversation did not go to the team “{expected}”",
    },
    "team.unexpected": {
        "pt-BR": "a conversa foi para a equipe “{came}”, e isso não estava escrito",
        "en": "the conversation went to the team “{came}”, and that was not written",
    },
    "note": {
        "pt-BR": "a nota para o atendente é outra",
        "en": "the note for the agent is another",
    },
    "priority": {
        "pt-BR": "a prioridade é “{came}”, e não “{expected}”",
        "en": "the priority is “{came}”, not “{expected}”",
    },
    "user": {
        "pt-BR": "a conversa foi para “{came}”, e não para “{expected}”",
        "en": "the conversation went to “{came}”, not to “{expected}”",
    },
    "effects": {
        "pt-BR": "o fluxo fez outras coisas",
        "en": "the flow did other things",
    },
    "ports": {
        "pt-BR": "a saída “{port}” não foi usada; as usadas foram: {passed}",
        "en": "the way “{port}” was not taken; these were: {passed}",
    },
    "outcome": {
        "pt-BR": "o resultado é “{came}”, e não “{expected}”",
        "en": "the outcome is “{came}”, not “{expected}”",
    },
    "outcome.open": {
        "pt-BR": "o fluxo ainda não terminou; esperava-se o resultado “{expected}”",
        "en": "the flow has not ended yet; the outcome “{expected}” was expected",
    },
    "fails": {
        "pt-BR": "o fluxo falhou na etapa “{node}”: {error}",
        "en": "the flow failed at the step “{node}”: {error}",
    },
    "fails.not": {
        "pt-BR": "o fluxo não falhou; esperava-se a falha “{expected}”",
        "en": "the flow did not fail; the failure “{expected}” was expected",
    },
    "variables": {
        "pt-BR": "a variável “{name}” é outra",
        "en": "the variable “{name}” is another",
    },
    "mock": {
        "pt-BR": "a etapa “{node}” chama o mundo de fora: diga em world.mocks o que ele responde",
        "en": "the step “{node}” calls the outside world: say in world.mocks what that answers",
    },
    "long": {
        "pt-BR": "a conversa dá voltas demais: {most} etapas ou mais",
        "en": "the conversation goes round too often: {most} steps or more",
    },
    "late": {
        "pt-BR": "não houve tempo para contá-la",
        "en": "there was no time to tell it",
    },
    "broken": {
        "pt-BR": "a história não pode ser contada até o fim: {error}",
        "en": "the story cannot be told to its end: {error}",
    },
    # What an exchange begins with, as it is quoted.
    "act.says": {"pt-BR": "“{it}”", "en": "“{it}”"},
    "act.sends": {"pt-BR": "envia {it}", "en": "sends {it}"},
    "act.shares": {"pt-BR": "envia um lugar", "en": "shares a place"},
    "act.presses": {"pt-BR": "toca em “{it}”", "en": "presses “{it}”"},
    "act.waits": {"pt-BR": "passam {it}", "en": "{it} go by"},
    "act.happens": {"pt-BR": "acontece {it}", "en": "{it} happens"},
    "act.finished": {"pt-BR": "o atendente finaliza", "en": "the agent finishes"},
    "act.refused": {"pt-BR": "o canal recusa: {it}", "en": "the channel refuses: {it}"},
    "exchange": {"pt-BR": "Troca {place} ({begins}): {why}", "en": "Exchange {place} ({begins}): {why}"},
    "expected": {"pt-BR": "esperado", "en": "expected"},
    "came": {"pt-BR": "veio", "en": "came"},
    # What is wrong with a document of stories, and where.
    "shape.falseSchema": {
        "pt-BR": "{where}: uma troca começa com uma coisa só; aqui há mais de uma.",
        "en": "{where}: an exchange begins with one thing alone; here are more.",
    },
    "shape.anyOf": {
        "pt-BR": "{where}: falta o que acontece; uma troca começa com um destes: {acts}.",
        "en": "{where}: what happens is missing; an exchange begins with one of: {acts}.",
    },
    "shape.moment": {
        "pt-BR": "{where}: deveria ser um momento com fuso, como 2026-01-05T10:00:00-03:00.",
        "en": "{where}: should be a moment with an offset, such as 2026-01-05T10:00:00-03:00.",
    },
    "shape.timezone": {
        "pt-BR": "{where}: este fuso não é conhecido; um conhecido é America/Sao_Paulo.",
        "en": "{where}: this time zone is not known; a known one is America/Sao_Paulo.",
    },
    "shape.hours": {
        "pt-BR": "{where}: o expediente não pode ser lido; por exemplo: "
        '{{"timezone": "America/Sao_Paulo", "week": {{"mon": [["09:00", "18:00"]]}}}}.',
        "en": "{where}: the hours cannot be read; for example: "
        '{{"timezone": "America/Sao_Paulo", "week": {{"mon": [["09:00", "18:00"]]}}}}.',
    },
    "story": {"pt-BR": "História “{name}”", "en": "Story “{name}”"},
    "nth": {"pt-BR": "troca {place}", "en": "exchange {place}"},
    "stories": {"pt-BR": "Histórias", "en": "Stories"},
}
