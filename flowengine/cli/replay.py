"""`flowengine replay`: what another version would have done with a run's turns."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from uuid import UUID

import click

from flowengine.cli._account import Wrong, account_of, account_option, document_of, version_of
from flowengine.cli._files import language_option
from flowengine.core.diff_words import shown
from flowengine.core.errors import InvalidFlow
from flowengine.core.program import compile_flow
from flowengine.core.replay import WORDS, Difference, Replayed
from flowengine.nodes import NODE_TYPES, read_flow
from flowengine.turns.again import replay_run
from flowengine.turns.programs import Programs


@click.command()
@click.argument("run", type=click.UUID)
@click.option("--against", required=True, metavar="FILE|draft|live|NUMBER", help="A file, or a version of its flow.")
@account_option
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@language_option
def command(run: UUID, against: str, account: str | None, as_json: bool, language: str) -> None:
    """Take the recorded turns of RUN again with another version of its flow; nothing is sent, nothing is changed.

    Exits with 0 where every turn goes as it did, with 1 where one does not (the first is told), with 2 for a wrong
    call.
    """
    with account_of(account) as unit:
        stored = unit.runs.get(run)
        if stored is None:
            raise Wrong(f"There is no run {run} in this account.")
        flow = unit.flows.get(stored.flow_id)
        if Path(against).is_file():
            document = document_of(against, None, language)
        elif flow is not None:
            document = version_of(unit, flow.key, against)
        else:
            raise Wrong("The run's flow is in the archive: name a file.")
        try:
            program = compile_flow(read_flow(document), NODE_TYPES)
        except InvalidFlow as mistake:
            raise Wrong(f"{against}: {mistake.findings[0].message[language]}") from mistake
        replayed = replay_run(unit, Programs(), run, program)
    if as_json:
        click.echo(json.dumps(replayed.as_data(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(replayed, language)))
    sys.exit(1 if replayed.differences else 0)


def _lines(replayed: Replayed, language: str) -> list[str]:
    same = {
        "pt-BR": f"{replayed.same} de {replayed.of} turnos iguais",
        "en": f"{replayed.same} of {replayed.of} turns the same",
    }
    return [same[language], *(_line(each, language) for each in replayed.differences)]


def _line(difference: Difference, language: str) -> str:
    turn = {"pt-BR": "turno", "en": "turn"}[language]
    words = WORDS[difference.what][language]
    before, after = shown(difference.before, language), shown(difference.after, language)
    return f"  {turn} {difference.turn}: {words}: {before} → {after}"
