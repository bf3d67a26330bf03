"""What a run remembers of its way, beside variables and answers: which questions it asked, when, what it overheard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from flowengine.core.run import Run

QUESTIONS_KEPT = 50  # of a run, for buttons that are pressed late
ASKED_KEPT = 20  # for "back"
SAID_KEPT = 20  # texts, for a question that hears what was said before it


class Memory(Struct, frozen=True):
    """The fields of Run that say so; a node of a sub-flow is put down as `<version>/<node>`."""

    questions: Mapping[str, str]
    trigger: str
    asked: tuple[str, ...]
    times: Mapping[str, str]
    kept: tuple[str, ...]

    @classmethod
    def of(cls, run: Run) -> Self:
        return cls(run.questions, run.trigger, run.asked, run.times, run.kept)

    def started(self, trigger: str, at: datetime) -> Memory:
        return replace(self, trigger=trigger, times={"": at.isoformat()})

    def waits_for_contact(self, version: str, node: str) -> Memory:
        here = _place(version, node)
        return self if self.asked[-1:] == (here,) else replace(self, asked=(*self.asked, here)[-ASKED_KEPT:])

    def offered_buttons(self, turn: int, version: str, node: str) -> Memory:
        latest = dict(list(self.questions.items())[-(QUESTIONS_KEPT - 1) :])
        return replace(self, questions={**latest, str(turn): _place(version, node)})

    def passed(self, node: str, at: datetime) -> Memory:
        return replace(self, times={**self.times, node: at.isoformat()})

    def said(self, text: str) -> Memory:
        return replace(self, kept=(*self.kept, text)[-SAID_KEPT:])

    def heard(self) -> Memory:
        return replace(self, kept=()) if self.kept else self

    def anew(self) -> Memory:
        return replace(self, asked=())

    def asked_in(self, turn: int, version: str) -> str:
        """The node that offered buttons in that turn; "" where it was none of this flow's."""
        of, _, node = self.questions.get(str(turn), "").rpartition("/")
        return node if of == version else ""

    def back(self, version: str, node: str) -> tuple[Memory, str]:
        """The node that asked before `node` in this flow, `node` itself where there is none; and what is then kept."""
        here = [each for of, _, each in (place.rpartition("/") for place in self.asked) if of == version]
        earlier = here[:-1] if here[-1:] == [node] else here
        kept = tuple(_place(version, each) for each in earlier[:-1])
        return replace(self, asked=kept), earlier[-1] if earlier else node


def _place(version: str, node: str) -> str:
    return f"{version}/{node}" if version else node
