"""The sentences of the checker, by code, in each language; severity is "error" where nothing else is said."""

from __future__ import annotations

from flowengine.core.findings.account_texts import ACCOUNT_TEXTS
from flowengine.core.findings.value_texts import VALUE_TEXTS

TEXTS: dict[str, dict[str, str]] = {
    **ACCOUNT_TEXTS,
    **VALUE_TEXTS,
    # Shape.
    "F001": {
        "pt-BR": "Este arquivo não é um fluxo: {why}.",
        "en": "This file is no flow: {why}.",
    },
    "F002": {
        "pt-BR": "Este fluxo é grande demais: {why}.",
        "en": "This flow is too big: {why}.",
    },
    "F004": {
        "pt-BR": "Há mais de uma etapa com o id “{id}”.",
        "en": "More than one node has the id “{id}”.",
    },
    "F005": {
        "pt-BR": "Uma ligação de “{source}”, porta “{port}”, leva à etapa “{target}”, que não existe.",
        "en": "A wire from “{source}”, port “{port}”, leads to the node “{target}”, which does not exist.",
    },
    "F005.source": {
        "pt-BR": "Uma ligação sai da etapa “{source}”, que não existe.",
        "en": "A wire leaves the node “{source}”, which does not exist.",
    },
    "F005.named": {
        "pt-BR": "“{label}”: “{field}” aponta para a etapa “{target}”, que não existe.",
        "en": "“{label}”: “{field}” names the node “{target}”, which does not exist.",
    },
    "F006": {
        "pt-BR": "“{label}” não tem a porta “{port}”, da qual sai uma ligação.",
        "en": "“{label}” has no port “{port}”, but a wire leaves it.",
    },
    "F007": {
        "pt-BR": "Da porta “{port}” de “{label}” saem duas ligações; só pode sair uma.",
        "en": "Two wires leave the port “{port}” of “{label}”; only one may.",
    },
    "F008": {
        "pt-BR": "“{label}” tem duas portas com o id “{port}”.",
        "en": "“{label}” has two ports with the id “{port}”.",
    },
    "F009": {
        "pt-BR": "A variável “{name}” está declarada duas vezes.",
        "en": "The variable “{name}” is declared twice.",
    },
    "F010": {
        "pt-BR": "“{label}” é um começo: nenhuma ligação pode chegar nele.",
        "en": "“{label}” is a beginning: no wire may enter it.",
    },
    "F099": {
        "severity": "warning",
        "pt-BR": "Há mais achados do que estes {count}: corrija-os primeiro, os outros aparecem em seguida.",
        "en": "There are more findings than these {count}: mend them first, the others appear then.",
    },
    # Templates and conditions.
    "F020": {
        "pt-BR": "“{label}”: o modelo de texto em “{field}” não pode ser lido: {why}.",
        "en": "“{label}”: the template in “{field}” cannot be read: {why}.",
    },
    "F021": {
        "severity": "warning",
        "pt-BR": "“{label}”: em “{field}”, ninguém define “{what}”; o texto sairá vazio nesse lugar.",
        "en": "“{label}”: in “{field}”, nothing defines “{what}”; the text will be empty there.",
    },
    "F022": {
        "pt-BR": "“{label}”: a condição não pode ser avaliada: {why}.",
        "en": "“{label}”: the condition cannot be judged: {why}.",
    },
    "F023": {
        "severity": "warning",
        "pt-BR": "“{label}”: a condição olha “{what}”, que ninguém define.",
        "en": "“{label}”: the condition looks at “{what}”, which nothing defines.",
    },
    "F024": {
        "pt-BR": "“{label}”: {why}.",
        "en": "“{label}”: {why}.",
    },
    # Behaviour.
    "F101": {
        "severity": "warning",
        "pt-BR": "Nenhum gatilho chega a “{label}”.",
        "en": "No trigger reaches “{label}”.",
    },
    "F102": {
        "pt-BR": "A porta “{port}” de “{label}” está sem ligação.",
        "en": "The port “{port}” of “{label}” has no wire.",
    },
    "F103": {
        "pt-BR": "O fluxo não tem gatilho: nada o inicia.",
        "en": "The flow has no trigger: nothing starts it.",
    },
    "F104": {
        "pt-BR": "“{label}” fala com o contato, e o fluxo não tem equipe padrão: escolha uma nas configurações.",
        "en": "“{label}” talks to the contact, and the flow has no default team: choose one in the settings.",
    },
    "F105": {
        "pt-BR": "“{what}” não serve para um fluxo do tipo “{kind}”.",
        "en": "“{what}” does not belong in a flow of the kind “{kind}”.",
    },
    "F110": {
        "pt-BR": "Este laço nunca espera e giraria sem fim: {circle}.",
        "en": "This loop never waits and would spin for ever: {circle}.",
    },
    "F160": {
        "pt-BR": "“{label}”: esta conta não tem {kind} “{slug}”.",
        "en": "“{label}”: this account has no {kind} “{slug}”.",
    },
    # What the schema finds, by its keyword.
    "F003": {
        "pt-BR": "{where}: o valor não serve ({keyword}).",
        "en": "{where}: the value does not fit ({keyword}).",
    },
    "F003.required": {"pt-BR": "{where}: falta “{field}”.", "en": "{where}: “{field}” is missing."},
    "F003.additionalProperties": {
        "pt-BR": "{where}: “{field}” não é um campo conhecido.",
        "en": "{where}: “{field}” is not a known field.",
    },
    "F003.type": {"pt-BR": "{where}: deveria ser {types}.", "en": "{where}: should be {types}."},
    "F003.enum": {"pt-BR": "{where}: deveria ser um de {options}.", "en": "{where}: should be one of {options}."},
    "F003.const": {"pt-BR": "{where}: deveria ser {options}.", "en": "{where}: should be {options}."},
    "F003.pattern": {
        "pt-BR": "{where}: tem caracteres que não podem estar ali.",
        "en": "{where}: has characters that may not be there.",
    },
    "F003.empty": {"pt-BR": "{where}: está vazio.", "en": "{where}: is empty."},
    "F003.minLength": {
        "pt-BR": "{where}: precisa de pelo menos {limit} caracteres.",
        "en": "{where}: needs at least {limit} characters.",
    },
    "F003.maxLength": {
        "pt-BR": "{where}: passa de {limit} caracteres.",
        "en": "{where}: is longer than {limit} characters.",
    },
    "F003.minimum": {"pt-BR": "{where}: deve ser no mínimo {limit}.", "en": "{where}: must be at least {limit}."},
    "F003.maximum": {"pt-BR": "{where}: deve ser no máximo {limit}.", "en": "{where}: must be at most {limit}."},
    "F003.minItems": {
        "pt-BR": "{where}: precisa de pelo menos {limit} itens.",
        "en": "{where}: needs at least {limit} items.",
    },
    "F003.maxItems": {"pt-BR": "{where}: passa de {limit} itens.", "en": "{where}: has more than {limit} items."},
    "F003.uniqueItems": {"pt-BR": "{where}: tem itens repetidos.", "en": "{where}: has items twice."},
    "F003.not": {"pt-BR": "{where}: este valor é reservado.", "en": "{where}: this value is reserved."},
    "F003.minProperties": {"pt-BR": "{where}: está vazio.", "en": "{where}: is empty."},
    "F003.maxProperties": {
        "pt-BR": "{where}: mistura um grupo com outra coisa.",
        "en": "{where}: mixes a group with something else.",
    },
}

TYPES: dict[str, dict[str, str]] = {
    "string": {"pt-BR": "um texto", "en": "a text"},
    "number": {"pt-BR": "um número", "en": "a number"},
    "integer": {"pt-BR": "um número inteiro", "en": "a whole number"},
    "boolean": {"pt-BR": "sim ou não", "en": "yes or no"},
    "array": {"pt-BR": "uma lista", "en": "a list"},
    "object": {"pt-BR": "um objeto", "en": "an object"},
    "null": {"pt-BR": "vazio", "en": "empty"},
}
