"""Flow and story files on the command line: found, read, and refused in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
import orjson

from flowengine.core.errors import InvalidFlow
from flowengine.core.findings import Finding, finding
from flowengine.core.program import Program, compile_flow
from flowengine.core.stories.shape import prove_stories
from flowengine.nodes import NODE_TYPES, STORY_SCHEMA, read_flow

LARGEST = 20_000_000  # bytes of a file; the largest sound flow has a tenth of that
STORIES = ".stories.json"

language_option = click.option(
    "--language",
    type=click.Choice(["pt-BR", "en"]),
    default="pt-BR",
    envvar="FLOWENGINE_LANGUAGE",
    show_default=True,
    help="Language of findings.",
)


def read_json(path: Path) -> Any:
    """The document in a file; raises InvalidFlow where it is none."""
    if path.stat().st_size > LARGEST:
        raise InvalidFlow([_no_flow(f"mais de {LARGEST} bytes", f"more than {LARGEST} bytes")])
    try:
        return orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as mistake:
        where = f"{mistake.lineno}:{mistake.colno}"
        raise InvalidFlow([_no_flow(f"não é JSON (linha {where})", f"not JSON (line {where})")]) from mistake


def read_program(path: Path, language: str) -> Program:
    """The compiled flow in a file; ends the command with findings where it is none."""
    try:
        return compile_flow(read_flow(read_json(path)), NODE_TYPES)
    except InvalidFlow as mistake:
        raise _wrong(path, mistake, language) from mistake


def programs_in(folder: Path) -> dict[str, Program]:
    """The flows of a folder by their keys, for flows that call each other; what is no flow is left out."""
    found = {}
    for file in flow_files([folder]):
        try:
            flow = read_flow(read_json(file))
        except InvalidFlow:
            continue
        found[flow.key] = compile_flow(flow, NODE_TYPES)
    return found


def read_stories(path: Path, language: str) -> dict[str, Any]:
    """The stories in a file, proved to be such; ends the command with what is wrong otherwise."""
    try:
        stories: dict[str, Any] = read_json(path)
        prove_stories(stories, STORY_SCHEMA)
    except InvalidFlow as mistake:
        raise _wrong(path, mistake, language) from mistake
    return stories


def write_stories(path: Path, stories: Mapping[str, Any]) -> None:
    """In place of what is there, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(orjson.dumps(stories, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    new.replace(path)


def keep_story(flow: Path, key: str, story: Mapping[str, Any]) -> Path:
    """Put a story into the file beside the flow, in place of one of the same name; the file."""
    path = stories_of(flow)
    empty: dict[str, Any] = {"format": "flowengine/stories", "format_version": 1, "flow": key, "stories": []}
    stories = read_json(path) if path.exists() else empty
    others = [each for each in stories["stories"] if each["name"] != story["name"]]
    write_stories(path, {**stories, "stories": [*others, dict(story)]})
    return path


def flow_files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named; stories are no flows."""
    return [file for file in _json_files(paths) if not file.name.endswith(STORIES)]


def story_files(paths: Iterable[Path]) -> list[Path]:
    """The stories named, those in the folders named, and those beside the flows named."""
    files = (file if file.name.endswith(STORIES) else stories_of(file) for file in _json_files(paths))
    return [file for file in dict.fromkeys(files) if file.exists()]


def stories_of(flow: Path) -> Path:
    return flow.with_name(flow.stem + STORIES)


def flow_of_stories(stories: Path) -> Path:
    return stories.with_name(stories.name.removesuffix(STORIES) + ".json")


def in_a_line(found: Finding, language: str) -> str:
    """`F102 error “Menu”: …` as the terminal shows it."""
    place = f"  ({found.pointer})" if found.pointer else ""
    return f"{found.code} {found.severity:7} {found.message[language]}{place}"


def _wrong(path: Path, mistake: InvalidFlow, language: str) -> click.ClickException:
    lines = "\n".join(f"  {in_a_line(found, language)}" for found in mistake.findings)
    return click.ClickException(f"{path}\n{lines}")


def _json_files(paths: Iterable[Path]) -> list[Path]:
    return [file for path in paths for file in (sorted(path.glob("**/*.json")) if path.is_dir() else [path])]


def _no_flow(portuguese: str, english: str) -> Finding:
    return finding("F001", why={"pt-BR": portuguese, "en": english})
