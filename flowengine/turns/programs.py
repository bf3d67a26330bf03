"""Compiled flow versions, kept by id: a version never changes, so what was compiled once is right for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any
from uuid import UUID

from flowengine.core.errors import NotFound
from flowengine.core.flow import flow_of
from flowengine.core.program import Program, compile_flow
from flowengine.core.upgrade import upgraded
from flowengine.nodes import FLOW_SCHEMA, NODE_TYPES
from flowengine.store.unit import Unit

MOST = 500  # a program of 200 nodes holds about half a megabyte


class Programs:
    """The programs of this process, least recently used forgotten; safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[UUID, Program] = OrderedDict()
        self._lock = Lock()

    def kept(self, version: UUID) -> Program | None:
        """The program of a version if it is at hand."""
        with self._lock:
            if version in self._kept:
                self._kept.move_to_end(version)
            return self._kept.get(version)

    def compile(self, version: UUID, document: Mapping[str, Any]) -> Program:
        """Compile a published document and keep it. What is published has been proved, so it is not proved again."""
        program = compile_flow(flow_of(upgraded(document, FLOW_SCHEMA)), NODE_TYPES)
        with self._lock:
            self._kept[version] = program
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return program


def program_of(unit: Unit, programs: Programs, version: UUID) -> Program:
    """The program of a published version, compiled the first time this process needs it."""
    kept = programs.kept(version)
    if kept is not None:
        return kept
    stored = unit.flows.version(version)
    if stored is None:
        raise NotFound(f"no version {version}")
    return programs.compile(version, stored.document)
