"""Where a walk stands: in which flow, at which node, with what that flow knows, and which flows wait for it to end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.errors import FlowError
from flowengine.core.program import Place, Program
from flowengine.core.run import Frame, Run
from flowengine.core.steps import NotLoaded, World

DEEPEST = 10  # flows within flows


class Standing:
    """`variables` and `answers` are those of the flow that is walked now; `version` as in Run."""

    def __init__(self, pinned: Program, run: Run, world: World) -> None:
        self.pinned = pinned
        self._programs = world.programs
        self.version = run.version
        self.program = self.program_of(run.version)
        self.frames = list(run.frames)
        self.variables: dict[str, Any] = dict(run.variables)
        self.answers: dict[str, Any] = dict(run.answers)
        self.go_to(run.wait.node if run.wait else "")

    def go_to(self, node: str) -> None:
        """To another node of this flow."""
        self.at = node
        self.here = self.program.places.get(node)  # None: this version has no such node

    def place(self) -> Place:
        """The node with all that is resolved; FlowError where this version has none such, or it cannot be read."""
        if self.here is None:
            raise FlowError("the run stands at a node that this version does not have", node=self.at)
        if self.here.mistake is not None:
            raise self.here.mistake.with_traceback(None)
        return self.here

    def program_of(self, version: str) -> Program:
        """NotLoaded where the world does not hold it yet."""
        if not version:
            return self.pinned
        found = self._programs.get(version)
        if not isinstance(found, Program):
            raise NotLoaded(("program", version))
        return found

    def called(self) -> Iterator[Program]:
        """The flows that are walked within the run's own."""
        versions = [self.version, *(frame.version for frame in self.frames)]
        return (self.program_of(version) for version in versions if version)

    def is_too_deep(self) -> bool:
        return len(self.frames) >= DEEPEST

    def go_into(self, version: str, inputs: Mapping[str, Any]) -> None:
        """Into a sub-flow, at its beginning; of `inputs` it gets those that it declares."""
        called = self.program_of(version)
        self.frames.append(Frame(self.version, self.at, dict(self.variables), dict(self.answers)))
        given = {name: value for name, value in inputs.items() if name in called.inputs}
        self.version, self.program = version, called
        self.variables, self.answers = {**called.initial, **given}, {}
        self.go_to(called.called_at)

    def outputs(self) -> dict[str, Any]:
        """What the flow gives back to the one that called it."""
        return {name: self.variables.get(name) for name in self.program.outputs}

    def known(self) -> Iterator[Mapping[str, Any]]:
        """What all these flows know: this one, and those that wait for it."""
        yield from (self.variables, self.answers)
        for frame in self.frames:
            yield from (frame.variables, frame.answers)

    def go_back(self) -> None:
        """Out of a sub-flow, to the node that called it."""
        self._stand(self.frames.pop())

    def unwind(self) -> None:
        """Out of all sub-flows."""
        if self.frames:
            self._stand(self.frames[0])
            self.frames.clear()

    def forget(self) -> None:
        """Back to what was known at the start."""
        self.variables, self.answers = dict(self.program.initial), {}

    def _stand(self, frame: Frame) -> None:
        self.version, self.program = frame.version, self.program_of(frame.version)
        self.variables, self.answers = dict(frame.variables), dict(frame.answers)
        self.go_to(frame.node)
