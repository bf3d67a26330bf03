"""`flowengine reseal`: what is kept secret, sealed under the installation's new secret."""

import os
import sys

import click

from flowengine.cli.supervisor.note import reach
from flowengine.effects.resealing import reseal
from flowengine.settings import BadSetting
from flowengine.store.engine import make_engine

OLD = "FLOWENGINE_OLD_SECRET"  # not an argument: those are seen by everybody on the machine


@click.command()
def command() -> None:
    """Seal the accounts' secrets under FLOWENGINE_SECRET; FLOWENGINE_OLD_SECRET opens them.

    Exit code 1 where something is sealed that neither opens. May be called again.
    """
    old = os.environ.get(OLD)
    if not old:
        raise BadSetting(OLD, "is not set: it is the secret that the installation had before")
    settings = reach()
    engine = make_engine(settings.database_url)
    try:
        done = reseal(engine, old=old, new=settings.secret)
    finally:
        engine.dispose()
    click.echo(f"  {done.anew} sealed anew, {done.already} already were")
    for what in done.lost:
        click.echo(f"  neither secret opens: {what}", err=True)
    sys.exit(1 if done.lost else 0)
