"""The sentences of the checker that speak of values: where they come from, whether they fit, what they give away."""

from __future__ import annotations

VALUE_TEXTS: dict[str, dict[str, str]] = {
    # Values.
    "F120": {
        "severity": "warning",
        "pt-BR": (
            "“{label}”: “{what}” pode estar vazio aqui, para quem sai de “{source}” por “{port}”. Defina um "
            "valor nesse caminho ou diga o que mostrar então."
        ),
        "en": (
            "“{label}”: “{what}” may be empty here, for those who leave “{source}” by “{port}”. Set a value on "
            "that way, or say what to show then."
        ),
    },
    "F120.start": {
        "severity": "warning",
        "pt-BR": (
            "“{label}”: “{what}” pode estar vazio aqui: há um caminho desde “{source}” em que nada lhe dá um "
            "valor. Defina um valor nesse caminho ou diga o que mostrar então."
        ),
        "en": (
            "“{label}”: “{what}” may be empty here: there is a way from “{source}” on which nothing gives it a "
            "value. Set a value on that way, or say what to show then."
        ),
    },
    "F121": {
        "severity": "warning",
        "pt-BR": (
            "“{label}” guarda a variável “{name}”, que ninguém usa. Use-a em um texto ou condição, ou não a guarde."
        ),
        "en": (
            "“{label}” keeps the variable “{name}”, which nothing uses. Use it in a text or a condition, or do "
            "not keep it."
        ),
    },
    "F121.declared": {
        "severity": "warning",
        "pt-BR": "A variável “{name}” está declarada, mas ninguém a usa.",
        "en": "The variable “{name}” is declared, but nothing uses it.",
    },
    "F122": {
        "severity": "warning",
        "pt-BR": "“{label}”: “{what}” é {type}; “{op}” não serve para isso.",
        "en": "“{label}”: “{what}” is {type}; “{op}” does not fit that.",
    },
    "F122.right": {
        "severity": "warning",
        "pt-BR": "“{label}”: a comparação nunca dará certo: {why}.",
        "en": "“{label}”: the comparison can never hold: {why}.",
    },
    "F123.missing": {
        "pt-BR": "“{label}” não entrega “{name}”, que o fluxo “{flow}” espera receber.",
        "en": "“{label}” does not hand over “{name}”, which the flow “{flow}” expects.",
    },
    "F123.unknown": {
        "severity": "warning",
        "pt-BR": "“{label}” entrega “{name}”, mas o fluxo “{flow}” não tem essa entrada.",
        "en": "“{label}” hands over “{name}”, but the flow “{flow}” has no such input.",
    },
    "F123.type": {
        "severity": "warning",
        "pt-BR": "“{label}”: o valor entregue em “{name}” não é do tipo que o fluxo “{flow}” espera.",
        "en": "“{label}”: the value handed over in “{name}” is not of the type that the flow “{flow}” expects.",
    },
    "F123.output": {
        "pt-BR": "“{label}” quer receber “{name}”, mas o fluxo “{flow}” não devolve isso.",
        "en": "“{label}” wants “{name}” back, but the flow “{flow}” gives back no such thing.",
    },
    "F123.missing.caller": {
        "severity": "warning",
        "pt-BR": "O fluxo “{flow}” chama este em “{label}” sem entregar “{name}”. Dê um valor inicial ou mude lá.",
        "en": "The flow “{flow}” calls this one at “{label}” without “{name}”. Give it a first value, or change that.",
    },
    "F123.unknown.caller": {
        "severity": "warning",
        "pt-BR": "O fluxo “{flow}” chama este em “{label}” e entrega “{name}”, que este não recebe mais.",
        "en": "The flow “{flow}” calls this one at “{label}” and hands over “{name}”, which this one does not take.",
    },
    "F123.type.caller": {
        "severity": "warning",
        "pt-BR": "O fluxo “{flow}” chama este em “{label}” e entrega em “{name}” um valor de outro tipo.",
        "en": "The flow “{flow}” calls this one at “{label}” and hands over a value of another type in “{name}”.",
    },
    "F123.output.caller": {
        "severity": "warning",
        "pt-BR": "O fluxo “{flow}” chama este em “{label}” e espera “{name}” de volta, que este não devolve.",
        "en": "The flow “{flow}” calls this one at “{label}” and wants “{name}” back, which this one does not give.",
    },
    "F130": {
        "severity": "warning",
        "pt-BR": "“{label}”: o ramo “{branch}” nunca vale, pois a condição se contradiz. Mude-a ou tire o ramo.",
        "en": "“{label}”: the branch “{branch}” never holds: its condition contradicts itself. Change or remove it.",
    },
    "F130.after": {
        "severity": "warning",
        "pt-BR": "“{label}”: o ramo “{branch}” nunca é usado: quando vale, “{other}”, antes dele, vale também.",
        "en": "“{label}”: the branch “{branch}” is never taken: where it holds, “{other}”, before it, holds as well.",
    },
    "F130.together": {
        "severity": "warning",
        "pt-BR": "“{label}”: o ramo “{branch}” nunca é usado: quando vale, já vale um dos ramos antes dele.",
        "en": "“{label}”: the branch “{branch}” is never taken: where it holds, one of those before it does as well.",
    },
    "F131": {
        "pt-BR": "“{label}”: quando {example}, nenhum ramo vale, e “{port}” está sem ligação. Ligue “{port}”.",
        "en": "“{label}”: when {example}, no branch holds, and “{port}” has no wire. Connect “{port}”.",
    },
    "F131.plain": {
        "pt-BR": "“{label}”: pode não valer nenhum ramo, e “{port}” está sem ligação. Ligue “{port}”.",
        "en": "“{label}”: it may be that no branch holds, and “{port}” has no wire. Connect “{port}”.",
    },
    "F131.goes": {
        "severity": "warning",
        "pt-BR": "“{label}”: quando {example}, nenhum ramo vale, e o fluxo não continua. Ligue “{port}”.",
        "en": "“{label}”: when {example}, no branch holds, and the flow does not go on. Connect “{port}”.",
    },
    "F131.goes.plain": {
        "severity": "warning",
        "pt-BR": "“{label}”: pode não valer nenhum ramo, e então o fluxo não continua. Ligue “{port}”.",
        "en": "“{label}”: it may be that no branch holds, and then the flow does not go on. Connect “{port}”.",
    },
    # Time and secrets.
    "F170": {
        "severity": "warning",
        "pt-BR": "“{label}”: em “{field}”, {date} já passou. Escolha uma data futura.",
        "en": "“{label}”: in “{field}”, {date} is already past. Choose a date to come.",
    },
    "F171": {
        "severity": "warning",
        "pt-BR": "“{label}”: em “{field}”, {amount} s é pouco: a espera só é exata a partir de {least} s.",
        "en": "“{label}”: in “{field}”, {amount} s is short: a wait is exact from {least} s on.",
    },
    "F180": {
        "pt-BR": "“{label}”: em “{field}” há {kind} à vista. Guarde-a nos segredos da conta e escolha-a pelo nome.",
        "en": "“{label}”: “{field}” shows {kind}. Keep it among the account's secrets and choose it by its name.",
    },
}
