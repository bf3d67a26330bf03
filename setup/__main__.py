"""`./run`: one command from a fresh machine to the running product; also its tests, checks and locks."""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import browser
import checks
import frontend
import packages
from steps import ROOT, SetupFailed, say, show

HELP = """./run                  set up what is missing, then start everything (options as of `./run flowengine up`)
./run setup            set up only
./run test [...]       run all tests; what follows goes to pytest
./run check            format, lint, types, architecture, schemas, flows, front end
./run soak [...]       run the long tests
./run flowengine ...   the command line, set up first
./run lock [--upgrade] make the locks anew from pyproject.toml and package.json
./run help             this

The data lies in ./data; FLOWENGINE_DATA or --data choose another folder.
"""
_LOCK: list[str | Path] = ["pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
_LOCK += ["--no-emit-index-url", "--no-header"]


def set_up(*, for_tests: bool = False) -> None:
    """Do what has not been done yet; Python's and Node's packages at the same time, since both wait for the network."""
    begun = time.monotonic()
    packages.environment()
    with ThreadPoolExecutor() as together:
        python = together.submit(_python_packages, for_tests=for_tests)
        interface = together.submit(_interface, python.result)
        for part in (python, interface):
            part.result()
    packages.link()
    if time.monotonic() - begun > 1:
        say(f"  {time.monotonic() - begun:5.1f} s  set up")


def _python_packages(*, for_tests: bool) -> None:
    if for_tests:
        packages.install(packages.TEST, "Python packages, with those for tests")  # a superset, pinned alike
    else:
        packages.install(packages.RUNTIME, "Python packages")


def _interface(python: Callable[[], None]) -> None:
    if frontend.needs_node():
        python()  # two pips at once in one environment would tread on each other
        frontend.install_node()
    frontend.modules()
    frontend.build()


def up(arguments: list[str]) -> int:
    set_up()
    return _become([packages.PYTHON, "-m", "flowengine.cli", "up", *arguments])


def flowengine(arguments: list[str]) -> int:
    set_up()
    return _become([packages.PYTHON, "-m", "flowengine.cli", *arguments])


def test(arguments: list[str]) -> int:
    """All tests. pytest has the last word, so that its line of totals ends the output."""
    set_up(for_tests=True)
    browser.chromium()
    interface = show(["npm", "test"], cwd=frontend.FOLDER, env=frontend.npm_environment())
    if interface != 0:
        say("The front end's unit tests failed; see above.\n")
    command: list[str | Path] = [packages.BIN / "pytest", "-n", "2", *arguments]
    return show(command, env=packages.path_with_venv()) or interface


def soak(arguments: list[str]) -> int:
    set_up(for_tests=True)
    return show([packages.BIN / "pytest", "-m", "soak", "--timeout", "0", *arguments], env=packages.path_with_venv())


def check(_arguments: list[str]) -> int:
    set_up(for_tests=True)
    return checks.check()


def lock(arguments: list[str]) -> int:
    """Make the locks: the tests' first, then the product's as a part of it, Node's alone."""
    set_up(for_tests=True)
    uv: list[str | Path] = [packages.BIN / "uv", *_LOCK, *arguments]
    for command in (
        [*uv, "pyproject.toml", "--group", "dev", "-o", packages.TEST.name],
        [*uv, "pyproject.toml", "-c", packages.TEST.name, "-o", packages.RUNTIME.name],
        [*uv, "--group", "pyproject.toml:node", "-o", packages.NODE.name],
    ):
        status = show(command)
        if status != 0:
            return status
    npm = ["npm", "update", "--save"] if "--upgrade" in arguments else ["npm", "install", "--package-lock-only"]
    return show(npm, cwd=frontend.FOLDER, env=frontend.npm_environment())


def setup(_arguments: list[str]) -> int:
    set_up()
    return 0


def show_help(_arguments: list[str]) -> int:
    say(HELP)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": setup,
    "test": test,
    "check": check,
    "soak": soak,
    "flowengine": flowengine,
    "lock": lock,
    "help": show_help,
}


def main(arguments: list[str]) -> int:
    """Do what is asked; without a word, or with options alone, start the product."""
    if arguments[:1] in (["-h"], ["--help"]):
        return show_help(arguments)
    try:
        if not arguments or arguments[0].startswith("-"):
            return up(arguments)
        command = COMMANDS.get(arguments[0])
        if command is None:
            say(f"./run does not know {arguments[0]!r}.\n\n{HELP}")
            return 2
        return command(arguments[1:])
    except SetupFailed as error:
        print(f"\n./run: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _become(command: list[str | Path]) -> int:
    """Give the process over, so that signals reach the product itself."""
    os.environ.setdefault("FLOWENGINE_DATA", str(ROOT / "data"))
    sys.stdout.flush()
    os.execv(command[0], [str(part) for part in command])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
