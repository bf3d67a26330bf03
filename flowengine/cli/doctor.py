"""`flowengine doctor`: what is stuck or wrong, why, and what to run."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from redis import Redis

from flowengine.cli._files import language_option
from flowengine.cli.supervisor.note import reach
from flowengine.jobs.symptom_words import words
from flowengine.jobs.symptoms import Symptom, examine
from flowengine.store.due import every_account
from flowengine.store.engine import Engine, make_engine
from flowengine.store.partitions import keep_partitions
from flowengine.store.unit import Unit

PATIENCE_S = 3.0  # for a server that does not answer
UNWATCHED = {
    "pt-BR": "Ninguém é avisado quando algo quebra: defina FLOWENGINE_WATCH_URL ou FLOWENGINE_WATCH_EMAIL.",
    "en": "Nobody is told when something breaks: set FLOWENGINE_WATCH_URL or FLOWENGINE_WATCH_EMAIL.",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--fix", is_flag=True, help="First do what is safe: wake lanes that sleep, make partitions.")
@language_option
def command(as_json: bool, fix: bool, language: str) -> None:
    """Examine the installation. Exits with 0 if it is well, with 1 if something is broken, with 3 for mere warnings."""
    settings = reach()
    engine = make_engine(settings.database_url, pool_timeout=PATIENCE_S)
    redis = Redis.from_url(settings.redis_url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S)
    try:
        if fix:
            click.echo(f"  {_mend(engine)}", err=True)
        found = examine(engine, redis, settings)
    finally:
        redis.close()
        engine.dispose()
    if as_json:
        click.echo(json.dumps([_as_data(each, language) for each in found], ensure_ascii=False, indent=2))
    else:
        _show(found, language)
        if not settings.watch_url and not settings.watch_email:
            click.echo(f"  {UNWATCHED[language]}")
    sys.exit(1 if any(each.severity == "broken" for each in found) else 3 if found else 0)


def _mend(engine: Engine) -> str:
    made, dropped = keep_partitions(engine)
    woken = 0
    for account in every_account(engine):
        with Unit.open(engine, account) as unit:
            woken += unit.standing.wake()
    return f"lanes woken: {woken}; partitions made: {len(made)}, dropped: {len(dropped)}"


def _as_data(symptom: Symptom, language: str) -> dict[str, object]:
    what, remedy = words(symptom, language)
    since = symptom.since.isoformat() if symptom.since else None
    return {**asdict(symptom), "since": since, "what": what, "remedy": remedy}


def _show(found: list[Symptom], language: str) -> None:
    if not found:
        click.echo("  Está tudo bem." if language == "pt-BR" else "  All is well.")
    for symptom in found:
        what, remedy = words(symptom, language)
        click.echo(
            f"{'✗' if symptom.severity == 'broken' else '!'} {f'{symptom.account}: ' if symptom.account else ''}{what}"
        )
        click.echo(f"    → {remedy}")
