"""`flowengine new-account`: an account with its first administrator."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from zoneinfo import available_timezones

import click

from flowengine.cli.supervisor.note import reach
from flowengine.core.errors import Conflict
from flowengine.founding import found
from flowengine.store.engine import make_engine


def _zone(context: click.Context, option: click.Parameter, value: str) -> str:
    if value not in available_timezones():
        raise click.BadParameter(f"{value!r} is no time zone; for example America/Sao_Paulo", context, option)
    return value


@click.command()
@click.argument("slug")
@click.option("--name", required=True, help="The company's name.")
@click.option("--email", required=True, help="The administrator's address, to sign in with.")
@click.option("--person", required=True, help="The administrator's name.")
@click.option("--language", type=click.Choice(["pt-BR", "en"]), default="pt-BR", show_default=True)
@click.option("--timezone", default="America/Sao_Paulo", show_default=True, callback=_zone)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(slug: str, name: str, email: str, person: str, language: str, timezone: str, as_json: bool) -> None:
    """Make an account called SLUG, with a team, office hours, a web chat and an HTTP channel."""
    engine = make_engine(reach().database_url)
    try:
        founded = found(
            engine, slug=slug, name=name, email=email, person=person, language=language, timezone=timezone,
            now=datetime.now(UTC),
        )  # fmt: skip
    except Conflict as taken:
        raise click.ClickException(f"Not made: {taken.message}.") from taken
    finally:
        engine.dispose()
    if as_json:
        click.echo(json.dumps(asdict(founded), indent=2))
        return
    click.echo(f"  {founded.email}  {founded.password or '(the password they have)'}  (administrator)")
    click.echo(f'  web chat   data-key="{founded.webchat_key}"')
    click.echo(f"  HTTP       /hooks/http/{founded.http_key}  Bearer {founded.http_token}")
    click.echo("  Password and token are shown this once.")
