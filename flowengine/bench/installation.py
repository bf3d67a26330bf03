"""What is measured, and why a measurement may be worth nothing."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.settings import Settings


class BenchFailed(Exception):  # noqa: N818 - it is what the bench says, not what the program did wrong
    """A figure would be worthless: what was measured did not do its work."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One that runs. `supervisor` is the process above its web and workers, None where that is elsewhere."""

    settings: Settings
    supervisor: int | None

    @property
    def address(self) -> str:
        return self.settings.address
