"""`flowengine retention`: for how many days an account keeps messages, turns and live events."""

import click

from flowengine.cli._account import account_of, account_option

FOREVER = "forever"


def _days(_ctx: click.Context, _option: click.Parameter, given: str | None) -> int | str | None:
    if given is None or given == FOREVER:
        return given
    if not given.isdigit() or not 0 < int(given) <= 36_500:
        raise click.BadParameter("days from 1 to 36500, or forever")
    return int(given)


@click.command()
@account_option
@click.option("--messages", callback=_days, metavar="DAYS", help="What was said; at first: forever.")
@click.option(
    "--turns", callback=_days, metavar="DAYS", help="What runs that are over did, step by step; at first: 90."
)
@click.option(
    "--live-events", callback=_days, metavar="DAYS", help="What screens resume from, 30 at most; at first: 2."
)
def command(account: str | None, **given: int | str | None) -> None:
    """Show, or set, what an account keeps; what is older goes with the next tidying, within the hour."""
    changes = {what: days if isinstance(days, int) else None for what, days in given.items() if days is not None}
    with account_of(account) as unit:
        if changes:
            unit.retention.keep(changes)
            unit.audit.record(None, "retention_changed", object_kind="account", where_done="cli", data=dict(changes))
        kept = unit.retention.days()
    for what, days in kept.items():
        click.echo(f"  {what.replace('_', ' ')}: {FOREVER if days is None else f'{days} days'}")
