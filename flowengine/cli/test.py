"""`flowengine test`: plays the stories of flows."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from flowengine.cli._files import (
    flow_of_stories,
    language_option,
    programs_in,
    read_program,
    read_stories,
    story_files,
    write_stories,
)
from flowengine.core.program import Program
from flowengine.core.stories.coverage import Coverage, Passed, coverage
from flowengine.core.stories.failure import Failure
from flowengine.core.stories.play import Programs, Told, play_stories
from flowengine.core.stories.record import updated
from flowengine.core.stories.texts import STORY_TEXTS


@dataclass(frozen=True, slots=True)
class _Report:
    """What came of the stories of one flow, and how long they took."""

    file: Path
    program: Program
    told: list[Told]
    milliseconds: float

    @property
    def elsewhere(self) -> frozenset[Passed]:
        return frozenset(passed for each in self.told for passed in each.elsewhere)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs; see above.")
@click.option("--update", is_flag=True, help="Write what came into the stories that did not come true.")
@click.option("--cover", is_flag=True, help="Fail as well where a step or a wired port is not reached.")
@language_option
def command(paths: tuple[Path, ...], as_json: bool, update: bool, cover: bool, language: str) -> None:
    r"""Play the stories beside flow files, or all of a folder; say which steps and ports they reach.

    Flows of the same folder can call each other; what a story reaches of another flow counts for that flow too.

    Exits with 0 if all stories come true, with 1 if one does not or a file is broken, with 2 for a wrong call.

    \b
    --json prints a list with an object for each file of stories:
      file          the path
      flow          the flow's key
      milliseconds  how long its stories took
      stories       [{name, failures: [{code, exchange, message: {pt-BR, en}, diff: [{is, text}]}]}]
      nodes, ports  {reached, of}: steps of the flow, and ports that a wire leaves
      unreached     {nodes: [step], ports: [step.port]}
    """
    files = story_files(paths)
    if not files:
        raise click.UsageError("there are no stories here; they lie beside a flow as <flow>.stories.json")
    beside = {folder: programs_in(folder) for folder in {file.parent for file in files}}
    reports = [_play(file, beside[file.parent], language, update=update) for file in files]
    elsewhere = frozenset(passed for report in reports for passed in report.elsewhere)
    covered = [coverage(report.program, report.told, elsewhere) for report in reports]
    shown = [_as_data(*each) for each in zip(reports, covered, strict=True)]
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        for report, said in zip(reports, shown, strict=True):
            click.echo("\n".join(_in_words(report, said, language)))
        click.echo(_sum(reports))
    failed = any(each.failures for report in reports for each in report.told)
    sys.exit(1 if failed or (cover and not all(each.whole for each in covered)) else 0)


def _play(file: Path, others: Programs, language: str, *, update: bool) -> _Report:
    flow = flow_of_stories(file)
    program = read_program(flow, language)
    stories = read_stories(file, language)
    if update and (now := updated(program, stories, others)) != stories:
        write_stories(file, stories := now)
    began = perf_counter()
    told = play_stories(program, stories, others)
    return _Report(file, program, told, (perf_counter() - began) * 1000)


def _as_data(report: _Report, covered: Coverage) -> dict[str, Any]:
    return {
        "file": str(report.file),
        "flow": report.program.flow.key,
        "milliseconds": round(report.milliseconds, 1),
        "stories": [
            {"name": each.name, "failures": [failure.as_data() for failure in each.failures]} for each in report.told
        ],
        "nodes": {"reached": covered.nodes_reached, "of": covered.nodes},
        "ports": {"reached": covered.ports_reached, "of": covered.ports},
        "unreached": {
            "nodes": list(covered.nodes_left),
            "ports": [f"{node}.{port}" for node, port in covered.ports_left],
        },
    }


def _in_words(report: _Report, said: dict[str, Any], language: str) -> Iterable[str]:
    yield f"{report.file} ({report.milliseconds:.0f} ms)"
    for each in report.told:
        yield f"  {'✗' if each.failures else '✓'} {each.name}"
        for failure in each.failures:
            yield from _told(failure, language)
    nodes, ports, unreached = said["nodes"], said["ports"], said["unreached"]
    yield f"  nodes {nodes['reached']}/{nodes['of']}, wired ports {ports['reached']}/{ports['of']}"
    if unreached["nodes"]:
        yield f"  nodes not reached: {', '.join(unreached['nodes'])}"
    if unreached["ports"]:
        yield f"  ports not reached: {', '.join(unreached['ports'])}"


def _told(failure: Failure, language: str) -> Iterable[str]:
    """The sentence; under it what was expected (-) and what came (+)."""
    yield f"      {failure.message(language)}"
    if {sign for sign, _ in failure.diff} >= {"-", "+"}:
        expected, came = (STORY_TEXTS[word][language] for word in ("expected", "came"))
        yield f"        (- {expected}, + {came})"
    for sign, text in failure.diff:
        first, *rest = text.split("\n")
        yield f"        {sign} {first}"
        yield from (f"          {line}" for line in rest)


def _sum(reports: list[_Report]) -> str:
    told = [each for report in reports for each in report.told]
    failed = sum(bool(each.failures) for each in told)
    took = sum(report.milliseconds for report in reports)
    return f"{len(told) - failed} of {len(told)} stories came true ({took:.0f} ms)"
