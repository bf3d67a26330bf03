"""The command line: a module here is a command of its name, and holds it as `command`.

A name that Python keeps for itself has a _ behind it: import_ is `flowengine import`.
"""

import sys
import traceback
from importlib import import_module
from pkgutil import iter_modules

import click
import psycopg

from flowengine.embedded import EmbeddedError
from flowengine.settings import BadSetting


class _Commands(click.Group):
    """Finds commands by looking; imports only the one that runs, since some bring half the program along."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = _modules().get(cmd_name)
        if module is None:
            return None
        command = import_module(f"{__name__}.{module}").command
        assert isinstance(command, click.Command)
        return command


def _modules() -> dict[str, str]:
    """The module of each command."""
    names = (module.name for module in iter_modules(__path__) if not module.ispkg and not module.name.startswith("_"))
    return {name.rstrip("_").replace("_", "-"): name for name in names}


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="flowengine")
def commands() -> None:
    """Draw a conversation, prove it sound, run it day and night, hand it to people."""


def main() -> None:
    """Run the command line; what the operator can mend is said in a line, without a traceback."""
    try:
        commands(prog_name="flowengine")
    except Exception as error:
        say_failure(error)
        sys.exit(1)


def say_failure(error: Exception) -> None:
    """In a line what the operator can mend, with its traceback what is ours."""
    if isinstance(error, (BadSetting, EmbeddedError)):
        _fail(str(error))
    elif isinstance(error.__cause__, psycopg.OperationalError):
        _fail(f"the database cannot be used: {str(error.__cause__).splitlines()[0]}")
    else:
        traceback.print_exception(error)


def _fail(words: str) -> None:
    click.echo(f"flowengine: {words}", err=True)
