"""The table of answers: a row a run, a column a question; page by page, or all of it as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response

from builder_ui import sheets
from builder_ui.api.cohorts import cohort_of, seen, seen_by
from builder_ui.api.result_shapes import Fate, Period
from builder_ui.api.shapes import Language, Named, Shape
from builder_ui.auth import SignedIn, allowed, me
from builder_ui.process import Process, here
from builder_ui.units import reading
from flowengine.core.questions import Column, columns
from flowengine.nodes import NODE_TYPES
from flowengine.store.results import Cohort
from flowengine.store.results_answers import Answered
from flowengine.store.unit import Unit

PAGE = 50
CHUNK = 500  # rows of a file that are in memory at a time
MOST_VERSIONS = 20  # whose questions become columns, the newest
ASKING = frozenset(name for name, kind in NODE_TYPES.items() if "asks" in kind.schema.get("x-does", ()))

_HEAD = {
    "pt-BR": ("Contato", "Versão", "Começou", "Terminou", "O que aconteceu"),
    "en": ("Contact", "Version", "Began", "Ended", "What became of it"),
}
_FATES = {
    "pt-BR": {
        "waiting": "Esperando",
        "dropped": "Sem resposta",
        "handed_off": "Com a equipe",
        "failed": "Falhou",
        "completed": "Concluída",
        "ended": "Encerrada",
    },
    "en": {
        "waiting": "Waiting",
        "dropped": "No reply",
        "handed_off": "With the team",
        "failed": "Failed",
        "completed": "Completed",
        "ended": "Ended",
    },
}


class Which(Period):
    """`before` is the last run of the page before."""

    before: UUID | None = None


class File(Period):
    """`language` is that of the words in it, and of how numbers and columns are parted."""

    language: Language = "pt-BR"


class Question(Shape):
    """A column."""

    node: str
    title: str


class Row(Shape):
    """A run; `answers` by node, the last one of each. Without contact and answers for those who may not see them.

    `caller` is the flow whose run and version it is, where another one called this; else null.
    """

    id: UUID
    version: int
    caller: Named | None
    contact: Named | None
    fate: Fate
    started_at: datetime
    ended_at: datetime | None
    answers: dict[str, Any]


class Table(Shape):
    """Runs with at least one answer, newest first; `before` asks for those that follow, null where there are none.

    `called` are the flows that these runs called: what was answered in them is told there.
    """

    questions: list[Question]
    rows: list[Row]
    before: UUID | None
    called: list[Named]


answers = APIBlueprint("answers", __name__, tag="Flows")


@answers.get("/flows/<uuid:flow_id>/answers")
@allowed("see flows")
@answers.input(Which, location="query")
@answers.output(Table)
def read(flow_id: UUID, query_data: Which) -> Any:
    """What was answered at each question, run by run."""
    with reading(me().account_id) as unit:
        of = cohort_of(unit, flow_id, query_data)
        asked = _columns(unit, of)
        nodes = [column.node for column in asked]
        found = unit.result_answers.rows(of, nodes=nodes, most=PAGE + 1, last=query_data.before)
        may_see = seen(unit, [row.conversation_id for row in found])
        called = [] if query_data.before else unit.result_answers.called(of)
    page = found[:PAGE]
    return {
        "questions": [{"node": column.node, "title": column.title} for column in asked],
        "rows": [_row(row, flow_id, may_see=row.conversation_id in may_see) for row in page],
        "before": page[-1].id if len(found) > PAGE else None,
        "called": [{"id": flow.id, "name": flow.name} for flow in called],
    }


@answers.get("/flows/<uuid:flow_id>/answers.csv")
@allowed("see flows")
@answers.input(File, location="query")
@answers.doc(responses={200: "The table as text/csv, UTF-8 with a byte order mark"})
def download(flow_id: UUID, query_data: File) -> Response:
    """All answers of the period as CSV, for spreadsheets; only of conversations that the asker may see."""
    with reading(me().account_id) as unit:
        of = cohort_of(unit, flow_id, query_data)
        flow = unit.flows.get(flow_id)
        asked = _columns(unit, of)
        zone = unit.accounts.read().timezone
        today = unit.now
    # The rows are read while they are sent, long after the request's own transaction is over.
    rows = _lines(here(), me(), of, asked, language=query_data.language, zone=zone)
    name = f"{flow.key if flow else 'flow'}-{sheets.moment(today, zone)[:10]}.csv"
    head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(sheets.table(rows), headers=head, content_type="text/csv; charset=utf-8")


def _columns(unit: Unit, of: Cohort) -> list[Column]:
    numbers = unit.result_answers.versions(of, most=MOST_VERSIONS)
    versions = [unit.flows.version_by_number(of.flow, number) for number in numbers]
    return columns([version.document for version in versions if version], asking=ASKING)


def _row(row: Answered, flow_id: UUID, *, may_see: bool) -> dict[str, Any]:
    return {
        "id": row.id,
        "version": row.version,
        "caller": None if row.flow_id == flow_id else {"id": row.flow_id, "name": row.flow_name},
        "contact": {"id": row.contact_id, "name": row.contact_name or ""} if may_see else None,
        "fate": row.fate,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "answers": row.answers if may_see else {},
    }


def _lines(
    process: Process, who: SignedIn, of: Cohort, asked: Sequence[Column], *, language: Language, zone: str
) -> Iterator[str]:
    """The head, then some hundred rows at a time, each from a transaction of its own."""
    titles = [sheets.cell(column.title, language) for column in asked]
    yield sheets.line([*_HEAD[language], *titles], language)
    nodes, before = [column.node for column in asked], None
    while True:
        with Unit.open(process.engine, who.account_id) as unit:
            found = unit.result_answers.rows(of, nodes=nodes, most=CHUNK, last=before)
            may_see = seen_by(who.member, unit, [row.conversation_id for row in found])
        told = [_cells(row, of, nodes, language, zone) for row in found if row.conversation_id in may_see]
        yield "".join(sheets.line(cells, language) for cells in told)
        if len(found) < CHUNK:
            return
        before = found[-1].id


def _cells(row: Answered, of: Cohort, nodes: Sequence[str], language: Language, zone: str) -> list[str]:
    return [
        sheets.cell(row.contact_name, language),
        str(row.version) if row.flow_id == of.flow else f"{row.flow_name} {row.version}",
        sheets.moment(row.started_at, zone),
        sheets.moment(row.ended_at, zone),
        _FATES[language][row.fate],
        *(sheets.cell(row.answers.get(node), language) for node in nodes),
    ]
