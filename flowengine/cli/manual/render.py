"""The pages of the manual as files: HTML from templates, a style sheet, no scripts, nothing fetched from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flowengine.cli.manual import pages
from flowengine.core.schema import FlowSchema

LANGUAGES = ("pt-BR", "en")
TEMPLATES = Path(__file__).parent / "templates"


def build(out: Path, schema: FlowSchema, definitions: dict[str, Any]) -> list[Path]:
    """Write the manual in both languages below `out`; the files it wrote."""
    written = [_write(out / "style.css", (TEMPLATES / "style.css").read_text(encoding="utf-8"))]
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    written.append(_write(out / "index.html", environment.get_template("languages.html").render()))
    for language in LANGUAGES:
        written += _build_language(out / language, language, environment, schema, definitions)
    return written


def _build_language(
    out: Path, language: str, environment: Environment, schema: FlowSchema, definitions: dict[str, Any]
) -> list[Path]:
    words = json.loads((TEMPLATES / f"{language}.json").read_text(encoding="utf-8"))
    common = {
        "language": language,
        "other": next(each for each in LANGUAGES if each != language),
        "words": words,
        "groups": pages.groups(schema, definitions, language),
    }

    def page(name: str, template: str, **values: Any) -> Path:
        root = "../" * (name.count("/") + 1)
        text = environment.get_template(template).render(**common, root=root, page=name, **values)
        return _write(out / name, text)

    written = [
        page("index.html", "index.html"),
        page("settings.html", "settings.html", kinds=pages.settings_page(schema, language)),
        page("conditions.html", "conditions.html", **pages.conditions_page(definitions, language)),
        page("texts.html", "texts.html", filters=pages.texts_page(definitions, language)),
        page("events.html", "events.html", events=pages.events_page(schema, definitions, language)),
        page("findings.html", "findings.html", findings=pages.findings_page(language)),
    ]
    for name in schema.nodes:
        of = pages.type_page(name, schema, definitions, language)
        written.append(page(f"nodes/{name}.html", "node.html", of=of))
    return written


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
