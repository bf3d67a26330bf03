"""`flowengine migrate`: bring the database to the shape this version expects."""

import os

import click

from flowengine.cli.supervisor.note import reach
from flowengine.store.engine import make_engine
from flowengine.store.installation import settle_in
from flowengine.store.migrate import upgrade


@click.command()
def command() -> None:
    """Run the migrations that have not run yet, as DATABASE_OWNER_URL."""
    settings = reach()
    upgrade(settings.database_owner_url)
    if home := os.environ.get("FLOWENGINE_INSTALLATION"):
        _settle_in(settings.database_url, home)
    click.echo("The database is up to date.")


def _settle_in(database_url: str, home: str) -> None:
    engine = make_engine(database_url)
    try:
        if settle_in(engine, home):
            click.echo("This database belonged to another installation: nothing is sent; see `flowengine gate`.")
    finally:
        engine.dispose()
