"""`flowengine retry`: dead letters, shown, tried again, or let go."""

from __future__ import annotations

from uuid import UUID

import click

from flowengine.cli._account import Wrong, account_of, account_option
from flowengine.store.dead_letters import DeadLetter
from flowengine.store.unit import Unit


@click.command()
@click.argument("letters", nargs=-1, type=click.UUID)
@account_option
@click.option("--all", "everything", is_flag=True, help="All of the account.")
@click.option("--drop", is_flag=True, help="Let them go instead.")
def command(letters: tuple[UUID, ...], account: str | None, everything: bool, drop: bool) -> None:
    """Show an account's dead letters; with their ids, or --all, try them again."""
    with account_of(account) as unit:
        found = unit.dead_letters.all()
        wanted = found if everything else [_get(unit, each) for each in letters]
        if not wanted:
            for letter in found:
                click.echo(f"  {letter.id}  {letter.at:%Y-%m-%d %H:%M} UTC  {letter.kind}  {letter.error}")
            click.echo(f"  {len(found)} in all")
        for letter in wanted:
            click.echo(f"  {letter.id}  {_deal_with(unit, letter, drop=drop)}")


def _get(unit: Unit, letter_id: UUID) -> DeadLetter:
    letter = unit.dead_letters.get(letter_id)
    if letter is None:
        raise Wrong(f"There is no dead letter {letter_id} in this account.")
    return letter


def _deal_with(unit: Unit, letter: DeadLetter, *, drop: bool) -> str:
    if drop:
        unit.dead_letters.remove(letter.id)
        unit.audit.record(None, "dead_letter_dropped", object_kind="dead_letter", object_id=letter.id, where_done="cli")
        return "dropped"
    if letter.was is None:
        return "kept: it comes from an older version, which did not write down where it belongs"
    if _people_have(unit, letter):
        return "kept: the message stands in its conversation, and people have it; --drop lets it go"
    unit.dead_letters.try_again(letter)
    unit.audit.record(None, "dead_letter_retried", object_kind="dead_letter", object_id=letter.id, where_done="cli")
    return "is tried again"


def _people_have(unit: Unit, letter: DeadLetter) -> bool:
    """A message that no flow could take was handed to people: taken once more, it would stand there twice."""
    said = letter.payload
    if letter.kind != "event" or said.get("kind") != "message_received" or not said.get("provider_id"):
        return False
    return unit.messages.by_provider(UUID(said["channel"]), said["provider_id"]) is not None
