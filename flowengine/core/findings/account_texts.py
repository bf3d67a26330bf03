"""The sentences of the checker that speak of the account: other flows, channels, people, what is carried out."""

from __future__ import annotations

ACCOUNT_TEXTS: dict[str, dict[str, str]] = {
    "F111": {
        "pt-BR": "“{label}” entra em um giro entre fluxos que nunca espera e não teria fim: {circle}.",
        "en": "“{label}” enters a circle of flows that never waits and would have no end: {circle}.",
    },
    "F111.self": {
        "severity": "warning",
        "pt-BR": "O que “{label}” faz é o que inicia este mesmo fluxo: ele se chamaria de novo.",
        "en": "What “{label}” does is what starts this very flow: it would set itself off again.",
    },
    "F111.flows": {
        "severity": "warning",
        "pt-BR": "O que “{label}” faz inicia outro fluxo, que acaba iniciando este de novo: {circle}.",
        "en": "What “{label}” does starts another flow, which ends up starting this one again: {circle}.",
    },
    # What the channels can show, and when.
    "F140": {
        "severity": "warning",
        "pt-BR": "“{label}” pode sair mais de {hours} horas depois da última mensagem do contato, por causa de "
        "“{after}”; "
        "aí {channel} só aceita modelos aprovados.",
        "en": "“{label}” may come more than {hours} hours after the contact’s last message, because of “{after}”; "
        "{channel} then takes approved templates only.",
    },
    "F140.start": {
        "severity": "warning",
        "pt-BR": "“{label}” pode sair mais de {hours} horas depois da última mensagem do contato, pois o começo "
        "“{after}” "
        "não é uma mensagem dele; aí {channel} só aceita modelos aprovados.",
        "en": "“{label}” may come more than {hours} hours after the contact’s last message, since the beginning "
        "“{after}” "
        "is no message of theirs; {channel} then takes approved templates only.",
    },
    "F140.must": {
        "pt-BR": "“{label}” sempre sai mais de {hours} horas depois da última mensagem do contato, por causa de "
        "“{after}”; "
        "aí {channel} só aceita modelos aprovados.",
        "en": "“{label}” always comes more than {hours} hours after the contact’s last message, because of “{after}”; "
        ""
        "{channel} then takes approved templates only.",
    },
    "F141": {
        "severity": "warning",
        "pt-BR": "“{label}”: “{field}” tem {length} caracteres e {channel} aceita {limit} por mensagem; sairá em "
        "partes.",
        "en": "“{label}”: “{field}” has {length} characters and {channel} takes {limit} a message; it will be sent in "
        "parts.",
    },
    "F141.caption": {
        "severity": "warning",
        "pt-BR": "“{label}”: “{field}” tem {length} caracteres e {channel} aceita {limit}; sairá como uma mensagem à "
        "parte.",
        "en": "“{label}”: “{field}” has {length} characters and {channel} takes {limit}; it will be a message of its "
        "own.",
    },
    "F141.options": {
        "severity": "warning",
        "pt-BR": "“{label}”: {channel} mostra até {limit} opções como {way}, e aqui há {count}; elas sairão como "
        "{shown}.",
        "en": "“{label}”: {channel} shows up to {limit} options as {way}, and here are {count}; they will be shown as "
        "{shown}.",
    },
    "F141.title": {
        "severity": "warning",
        "pt-BR": "“{label}”: “{title}” tem {length} caracteres e {channel} aceita {limit} em {way}; "
        "as opções sairão como {shown}.",
        "en": "“{label}”: “{title}” has {length} characters and {channel} takes {limit} in {way}; "
        "the options will be shown as {shown}.",
    },
    "F141.way": {
        "severity": "warning",
        "pt-BR": "“{label}”: {channel} não mostra opções como {way}; elas sairão como {shown}.",
        "en": "“{label}”: {channel} does not show options as {way}; they will be shown as {shown}.",
    },
    "F141.media": {
        "severity": "warning",
        "pt-BR": "“{label}”: {channel} não mostra este tipo de mensagem: {kind}.",
        "en": "“{label}”: {channel} does not show this kind of message: {kind}.",
    },
    "F141.other_kind": {
        "severity": "warning",
        "pt-BR": "“{label}”: o arquivo é {mime}, não {kind}.",
        "en": "“{label}”: the file is {mime}, not {kind}.",
    },
    "F141.type": {
        "severity": "warning",
        "pt-BR": "“{label}”: {channel} não aceita arquivos {mime}.",
        "en": "“{label}”: {channel} does not take {mime} files.",
    },
    "F141.size": {
        "severity": "warning",
        "pt-BR": "“{label}”: o arquivo tem {size} MB e {channel} aceita até {limit} MB.",
        "en": "“{label}”: the file has {size} MB and {channel} takes up to {limit} MB.",
    },
    "F142": {
        "pt-BR": "“{label}” usa o modelo “{template}”, que {state}.",
        "en": "“{label}” uses the template “{template}”, which {state}.",
    },
    "F142.channel": {
        "severity": "warning",
        "pt-BR": "“{label}” usa o modelo “{template}”, que não é de {channel}, onde este fluxo fala.",
        "en": "“{label}” uses the template “{template}”, which is not of {channel}, where this flow speaks.",
    },
    "F142.lacking": {
        "pt-BR": "“{label}”: o modelo “{template}” pede o que não foi preenchido: {names}.",
        "en": "“{label}”: the template “{template}” asks for what is not filled in: {names}.",
    },
    "F142.unknown": {
        "severity": "warning",
        "pt-BR": "“{label}” preenche o que o modelo “{template}” não tem: {names}.",
        "en": "“{label}” fills in what the template “{template}” does not have: {names}.",
    },
    # The hand-off to people.
    "F150": {
        "pt-BR": "“{label}” transfere para a equipe “{team}”, que não tem ninguém.",
        "en": "“{label}” hands off to the team “{team}”, which has nobody.",
    },
    "F150.default": {
        "severity": "warning",
        "pt-BR": "A equipe padrão do fluxo, “{team}”, não tem ninguém.",
        "en": "The flow’s default team, “{team}”, has nobody.",
    },
    "F150.never": {
        "pt-BR": "“{label}” transfere para a equipe “{team}”, que não abre em nenhum dia da semana.",
        "en": "“{label}” hands off to the team “{team}”, which opens on no day of the week.",
    },
    "F150.always": {
        "severity": "warning",
        "pt-BR": "Quando o contato chega a “{label}”, a equipe “{team}” está sempre fechada; "
        "ele ficará na fila, se “Fora do horário” não for ligada.",
        "en": "Whenever a contact gets to “{label}”, the team “{team}” is closed; "
        "the contact will stay in the queue unless “Closed” is wired.",
    },
    "F150.sometimes": {
        "severity": "warning",
        "pt-BR": "Quando o contato chega a “{label}”, a equipe “{team}” pode estar fechada; "
        "ele ficará na fila, se “Fora do horário” não for ligada.",
        "en": "When a contact gets to “{label}”, the team “{team}” may be closed; "
        "the contact will stay in the queue unless “Closed” is wired.",
    },
    "F151": {
        "severity": "warning",
        "pt-BR": "De “{label}” em diante o contato não chega a nenhuma pessoa, responda o que responder.",
        "en": "From “{label}” on, a contact reaches no person, whatever the answer.",
    },
    "F160.file": {
        "pt-BR": "“{label}”: esta conta não tem o arquivo. Envie-o de novo, ou use outro.",
        "en": "“{label}”: this account does not have the file. Upload it again, or use another.",
    },
    "F160.kind": {
        "pt-BR": "“{label}”: “{flow}” é um fluxo de outro tipo, que não serve aqui.",
        "en": "“{label}”: “{flow}” is a flow of another kind, which does not fit here.",
    },
    "F160.live": {
        "severity": "warning",
        "pt-BR": "“{label}”: o fluxo “{flow}” ainda não tem uma versão publicada.",
        "en": "“{label}”: the flow “{flow}” has no published version yet.",
    },
    # What this installation carries out.
    "F190": {
        "pt-BR": "“{label}”: esta instalação ainda não executa a etapa “{what}”.",
        "en": "“{label}”: this installation does not carry out the step “{what}” yet.",
    },
    "F190.kind": {
        "pt-BR": "Esta instalação ainda não executa fluxos do tipo “{kind}”.",
        "en": "This installation does not carry out flows of the kind “{kind}” yet.",
    },
    "F190.settings": {
        "pt-BR": "A meta ou uma condição de parada espera por “{event}”, o que esta instalação ainda não faz.",
        "en": "The goal or a stop condition waits for “{event}”, which this installation does not do yet.",
    },
    "F190.trigger": {
        "pt-BR": "“{label}”: esta instalação ainda não inicia fluxos por “{event}”.",
        "en": "“{label}”: this installation does not start flows by “{event}” yet.",
    },
    "F190.awaited": {
        "pt-BR": "“{label}”: esta instalação ainda não espera por “{event}”.",
        "en": "“{label}”: this installation does not wait for “{event}” yet.",
    },
    # What publishing tells the flow's own stories.
    "F191": {
        "severity": "warning",
        "pt-BR": "A história “{story}” não acontece como está escrita. {why}.",
        "en": "The story “{story}” does not come true. {why}.",
    },
}
