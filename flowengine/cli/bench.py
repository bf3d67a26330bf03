"""`flowengine bench`: what this machine does, measured on an installation of its own or on one that runs."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from flowengine.bench import checker, core, hostile, http, live, memory, mixed, timers
from flowengine.bench.figures import Figures, Plan, medians, table
from flowengine.bench.installation import BenchFailed, Installation
from flowengine.cli._measured import own, running

ALONE: Mapping[str, Callable[[Plan], Sequence[Figures]]] = {
    "core": core.measure,
    "checker": lambda plan: [checker.measure(rounds=3 * plan.runs)],
    "hostile": lambda _: [hostile.measure()],
}
INSTALLED: Mapping[str, Callable[[Installation, Plan], Sequence[Figures]]] = {
    "memory": memory.measure,  # first: of an installation that has done nothing yet
    "http": http.measure,
    "timers": timers.measure,
    "live": live.measure,
    "mixed": mixed.measure,
}
USUAL = ("core", "checker", *INSTALLED)


@click.command()
@click.option("--part", "parts", multiple=True, type=click.Choice([*ALONE, *INSTALLED]), help="May be repeated.")
@click.option(
    "--runs", type=click.IntRange(1, 100), default=Plan.runs, show_default=True, help="Their medians are told."
)
@click.option("--seconds", type=float, default=Plan.seconds, show_default=True, help="How long each load lasts.")
@click.option("--rate", type=float, default=Plan.rate, show_default=True, help="Messages a second of the steady load.")
@click.option("--size", type=click.IntRange(min=1), help="How many timers, streams or contacts of a bulk start.")
@click.option("--data", type=click.Path(path_type=Path), help="Measure the installation that runs from this folder.")
@click.option("--address", help="Measure the one that answers here, with --data or DATABASE_URL and REDIS_URL.")
@click.option("--account", help="Let http and mixed write to an account that `flowengine bench-fill` has made.")
@click.option("--json", "as_json", is_flag=True, help="For programs: an object a part.")
def command(
    parts: tuple[str, ...],
    runs: int,
    seconds: float,
    rate: float,
    size: int | None,
    data: Path | None,
    address: str | None,
    account: str | None,
    as_json: bool,
) -> None:
    """Measure this machine: all parts but `hostile`, or those named by --part.

    By default an installation is started in a temporary folder, with servers of its own, and ended again. One that
    runs gets an account of the bench's, which stays there.
    """
    plan = Plan(seconds, runs, rate, size, account)
    wanted = parts or USUAL
    found: dict[str, Sequence[Figures]] = {}
    try:
        for part in (part for part in ALONE if part in wanted):
            click.echo(f"measuring {part} …", err=True)
            found[part] = ALONE[part](plan)
        if any(part in INSTALLED for part in wanted):
            with _installation(data, address) as installation:
                for part in (part for part in INSTALLED if part in wanted):
                    click.echo(f"measuring {part} …", err=True)
                    found[part] = INSTALLED[part](installation, plan)
    except BenchFailed as failure:
        raise click.ClickException(f"{failure}") from failure
    told = {part: medians(each) for part, each in found.items()}
    click.echo(json.dumps(told, indent=2) if as_json else table(found))


def _installation(data: Path | None, address: str | None) -> AbstractContextManager[Installation]:
    return nullcontext(running(data, address)) if data or address else own()
