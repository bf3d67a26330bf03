"""`flowengine test`: plays the stories of flows."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from flowengine.cli._files import (
    flow_of_stories,
    language_option,
    programs_beside,
    read_program,
    read_stories,
    story_files,
    write_stories,
)
from flowengine.core.program import Program
from flowengine.core.story import Told, play_stories, wired_ports
from flowengine.core.story_record import updated


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--update", is_flag=True, help="Write what came into the stories that did not come true.")
@click.option("--cover", is_flag=True, help="Fail as well where a wired port is not reached.")
@language_option
def command(paths: tuple[Path, ...], as_json: bool, update: bool, cover: bool, language: str) -> None:
    """Play the stories beside flow files, or all of a folder; say which nodes and ports they reach.

    Flows of the same folder can call each other. Exits with 1 where a story does not come true.
    """
    reports = []
    for file in story_files(paths):
        flow = flow_of_stories(file)
        program, others = read_program(flow, language), programs_beside(flow)
        stories = read_stories(file, language)
        if update:
            write_stories(file, stories := updated(program, stories, others))
        reports.append(_report(file, program, play_stories(program, stories, others)))
    click.echo(json.dumps(reports, ensure_ascii=False, indent=2) if as_json else "\n".join(map(_in_words, reports)))
    failed = any(story["failures"] for report in reports for story in report["stories"])
    sys.exit(1 if failed or (cover and any(report["unreached"] for report in reports)) else 0)


def _report(file: Path, program: Program, told: list[Told]) -> dict[str, Any]:
    reached = frozenset(port for each in told for port in each.ports)
    wired = wired_ports(program)
    nodes = frozenset(node for each in told for node in each.nodes)
    return {
        "file": str(file),
        "stories": [{"name": each.name, "failures": list(each.failures)} for each in told],
        "nodes": {"reached": len(nodes), "of": len(program.flow.nodes)},
        "ports": {"reached": len(wired & reached), "of": len(wired)},
        "unreached": sorted(f"{node}.{port}" for node, port in wired - reached),
    }


def _in_words(report: dict[str, Any]) -> str:
    lines = [report["file"]]
    for story in report["stories"]:
        lines.append(f"  {'✗' if story['failures'] else '✓'} {story['name']}")
        lines += [f"      {failure}" for failure in story["failures"]]
    nodes, ports = report["nodes"], report["ports"]
    lines.append(f"  nodes {nodes['reached']}/{nodes['of']}, wired ports {ports['reached']}/{ports['of']}")
    if report["unreached"]:
        lines.append(f"  not reached: {', '.join(report['unreached'])}")
    return "\n".join(lines)
