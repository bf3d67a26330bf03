"""What is said of each symptom, in both languages: what is wrong and why, and what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime

from flowengine.jobs.symptoms import Symptom

Texts = dict[str, tuple[str, str]]

ENGLISH: Texts = {
    "no_database": ("The database does not answer: {why}.", "Start it, or correct DATABASE_URL."),
    "no_redis": (
        "Redis does not answer: {why}. Everything goes on, by the clock and slower.",
        "Start it, or correct REDIS_URL.",
    ),
    "no_worker": (
        "No worker of the queue {which} is alive.",
        "`flowengine work --queue {which}`, or `flowengine up` for all of it",
    ),
    "disk_nearly_full": (
        "Only {why} of the disk with {which} is free; bulk work and traces stop, replies go on.",
        "Free some, or `flowengine retention` for shorter keeping.",
    ),
    "clocks_apart": (
        "The clocks of this machine and of the database are {why} apart; timers come too early or too late.",
        "Set both by the same time server.",
    ),
    "migrations_missing": ("The database lacks {count} migration(s): {which}.", "`flowengine migrate`"),
    "gate_held": (
        "Nothing is sent and no timer fires: the installation was {why}, and last lived at {since}.",
        "See what is due with `flowengine gate`, then `flowengine gate open --send`, `--skip` or `--shift`",
    ),
    "partition_missing": (
        "Nobody has made the next pieces of the table {which}; what comes lies in the default piece meanwhile.",
        "See that a worker of the queue hot runs, or `flowengine migrate`",
    ),
    "events_waiting": (
        "{count} event(s) wait to be taken, since {since}.",
        "See that workers of the queue hot run and their log; more of them: `flowengine up --workers 2`",
    ),
    "timers_waiting": (
        "{count} timer(s) are due and have not fired, since {since}.",
        "See that workers of the queue hot run.",
    ),
    "orders_waiting": (
        "{count} order(s) to the outside world are due and not taken, since {since}.",
        "See that a worker of the queue outbox runs.",
    ),
    "lane_asleep": (
        "{count} event(s) lie in lanes that nobody will wake, {which} the first of them.",
        "`flowengine doctor --fix` wakes them; please report it: it is ours.",
    ),
    "lease_lost": (
        "{count} order(s) are held by somebody who is gone, {which} the first of them.",
        "They are taken again by themselves; see that a worker of the queue outbox runs.",
    ),
    "run_idle": (
        "{count} run(s) are open and wait for nothing that could come, {which} the first of them.",
        "Look at it in its conversation and end it there.",
    ),
    "talk_silent": (
        "{count} conversation(s) are with a bot that does not listen any more, {which} the first of them.",
        "They begin anew with the contact's next message; or take them over in the inbox.",
    ),
    "channel_failing": (
        "{count} message(s) of the channel {which} do not get through, since {since}: {why}",
        "See whether its callback address answers.",
    ),
    "dead_letters": (
        "{count} dead letter(s): what could not be done after all tries.",
        "`flowengine retry --account {account}` shows them, `--all` tries them again",
    ),
    "secret_refused": (
        "{why} refuses the secret {which}, since {since}.",
        "Give it a new value in the account's settings, or see what it may do there.",
    ),
    "secret_expires": (
        "The secret {which} is good until {why}.",
        "Give it a new value and a new date in the account's settings.",
    ),
    "secret_sealed": (
        "{count} secret(s) cannot be opened with FLOWENGINE_SECRET: {which}.",
        "`flowengine reseal` with FLOWENGINE_OLD_SECRET, or set them again",
    ),
}
PORTUGUESE: Texts = {
    "no_database": ("O banco de dados não responde: {why}.", "Inicie-o ou corrija DATABASE_URL."),
    "no_redis": (
        "O Redis não responde: {why}. Tudo continua, pelo relógio e mais devagar.",
        "Inicie-o ou corrija REDIS_URL.",
    ),
    "no_worker": (
        "Nenhum worker da fila {which} está vivo.",
        "`flowengine work --queue {which}`, ou `flowengine up` para tudo",
    ),
    "disk_nearly_full": (
        "Só {why} do disco com {which} está livre; trabalho em massa e rastros param, as respostas continuam.",
        "Libere espaço, ou guarde por menos tempo com `flowengine retention`.",
    ),
    "clocks_apart": (
        "Os relógios desta máquina e do banco diferem {why}; os temporizadores vêm cedo ou tarde demais.",
        "Acerte os dois pelo mesmo servidor de hora.",
    ),
    "migrations_missing": ("Faltam {count} migração(ões) no banco: {which}.", "`flowengine migrate`"),
    "gate_held": (
        "Nada é enviado e nenhum temporizador dispara: a instalação foi {why} e viveu pela última vez em {since}.",
        "Veja o que está pendente com `flowengine gate`, depois `flowengine gate open --send`, `--skip` ou `--shift`",
    ),
    "partition_missing": (
        "Ninguém criou as próximas partes da tabela {which}; o que chega fica na parte padrão.",
        "Veja se há um worker da fila hot, ou `flowengine migrate`",
    ),
    "events_waiting": (
        "{count} evento(s) esperam desde {since}.",
        "Veja se há workers da fila hot e o log deles; mais workers: `flowengine up --workers 2`",
    ),
    "timers_waiting": (
        "{count} temporizador(es) venceram e não dispararam, desde {since}.",
        "Veja se há workers da fila hot.",
    ),
    "orders_waiting": (
        "{count} ordem(ns) para fora venceram e ninguém as pegou, desde {since}.",
        "Veja se há um worker da fila outbox.",
    ),
    "lane_asleep": (
        "{count} evento(s) estão em raias que ninguém vai acordar, a começar por {which}.",
        "`flowengine doctor --fix` as acorda; avise-nos, por favor: o erro é nosso.",
    ),
    "lease_lost": (
        "{count} ordem(ns) estão com alguém que se foi, a começar por {which}.",
        "São retomadas sozinhas; veja se há um worker da fila outbox.",
    ),
    "run_idle": (
        "{count} execução(ões) abertas esperam por nada que possa vir, a começar por {which}.",
        "Veja na conversa e encerre ali.",
    ),
    "talk_silent": (
        "{count} conversa(s) estão com um robô que não escuta mais, a começar por {which}.",
        "Recomeçam com a próxima mensagem do contato; ou assuma na caixa de entrada.",
    ),
    "channel_failing": (
        "{count} mensagem(ns) do canal {which} não chegam, desde {since}: {why}",
        "Veja se o endereço de retorno responde.",
    ),
    "dead_letters": (
        "{count} carta(s) morta(s): o que não deu certo depois de todas as tentativas.",
        "`flowengine retry --account {account}` mostra, `--all` tenta de novo",
    ),
    "secret_refused": (
        "{why} recusa o segredo {which} desde {since}.",
        "Dê a ele um novo valor nas configurações da conta, ou veja o que ele pode fazer lá.",
    ),
    "secret_expires": (
        "O segredo {which} vale até {why}.",
        "Dê a ele um novo valor e uma nova data nas configurações da conta.",
    ),
    "secret_sealed": (
        "{count} segredo(s) não abrem com FLOWENGINE_SECRET: {which}.",
        "`flowengine reseal` com FLOWENGINE_OLD_SECRET, ou grave-os de novo",
    ),
}
WHY = {
    "en": {"restored": "restored from a backup", "copied": "copied or moved", "by_hand": "held by hand"},
    "pt-BR": {"restored": "restaurada de uma cópia", "copied": "copiada ou movida", "by_hand": "retida à mão"},
}


def words(symptom: Symptom, language: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    what, remedy = (PORTUGUESE if language == "pt-BR" else ENGLISH)[symptom.code]
    values = {
        "account": symptom.account,
        "count": symptom.count,
        "since": _moment(symptom.since),
        "which": symptom.which,
        "why": WHY[language].get(symptom.why, symptom.why),
    }
    return what.format(**values), remedy.format(**values)


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if at else "?"
