"""How the tests, the funnel and what was not understood look from outside."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from builder_ui.api.result_shapes import Fate, Period
from builder_ui.api.shapes import Named, Shape


class Test(Period):
    """`worth` is the difference between two variants worth seeing, in percentage points."""

    worth: int = Field(5, ge=1, le=50)


class Judged(Shape):
    """goal: the flow's. outcome: of an end. step: reached after the split. completed: walked to an end.

    unknown: no end and no step of this version has that name.
    """

    kind: Literal["goal", "outcome", "step", "completed", "unknown"]
    name: str


class Variant(Shape):
    """People who took it, and how many reached what it is judged by; `under_way` may yet.

    `low` and `high` are the ends of the share's interval (Wilson, 95 %). `behind`: so by more than chance.
    """

    id: str
    title: str
    weight: int
    entered: int
    reached: int
    under_way: int
    share: float | None
    low: float
    high: float
    behind: bool


class Split(Shape):
    """One split. `needed` people in each variant before anything is said of a difference.

    alone: fewer than two variants have a weight. too_few: not all have been taken by as many as are needed. alike: a
    difference worth seeing would probably have been seen. differ: `best` is ahead of those that are behind.
    """

    node: str
    judged: Judged
    worth: int
    needed: int
    verdict: Literal["alone", "too_few", "alike", "differ"]
    best: str | None
    variants: list[Variant]


class Splits(Shape):
    """In the order of the document."""

    splits: list[Split]


class Stage(Shape):
    """Runs that came this far, having passed the stages before; of those that did not go on, what became of them.

    `completed` in `left`: they went to an end by another way.
    """

    kind: Literal["started", "step", "goal", "completed"]
    node: str | None
    runs: int
    left: dict[Fate, int]


class Funnel(Shape):
    """From the start over the main steps of the most walked way to its end."""

    stages: list[Stage]


class Said(Shape):
    """Texts that differ in case, accents and signs around them alone; the form most wrote."""

    text: str
    times: int
    contacts: int


class Asked(Shape):
    """A question of a flow that the runs called; its words become synonyms there."""

    flow: Named
    title: str


class Question(Shape):
    """`times` answers were not understood there, of them `unwritten` files and the like, and `hidden` in conversations
    that the asker may not see. `called` is null where the flow itself asks.
    """

    node: str
    times: int
    unwritten: int
    hidden: int
    said: list[Said]
    called: Asked | None


class NotUnderstood(Shape):
    """The question with most of them first. `more`: only the latest were read."""

    questions: list[Question]
    more: bool
