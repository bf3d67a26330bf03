"""What a web process has: settings, one engine, one Redis, the feeds. Made once by the application's factory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import current_app
from redis import Redis

from builder_ui.arrivals import Arrivals
from builder_ui.doors import Doors
from builder_ui.feeds import Feeds
from builder_ui.hints import Hints
from builder_ui.timing import Timing
from builder_ui.tokens import Tokens
from flowengine.crm.copied_files import Shelf
from flowengine.files.folder import Folder
from flowengine.files.links import Links
from flowengine.settings import Settings

NAME = "flowengine"


@dataclass(frozen=True, slots=True)
class Process:
    """The lasting things of a web process.

    `engine` is Flask-SQLAlchemy's; only Unit speaks to it. `session` is the request's own: its connection makes the
    request's Unit.
    """

    settings: Settings
    engine: Any
    session: Any
    redis: Redis
    hints: Hints
    doors: Doors
    arrivals: Arrivals
    tokens: Tokens
    feeds: Feeds
    timing: Timing

    @property
    def files(self) -> Folder:
        """Where the accounts' files lie."""
        return Folder(self.settings.files_folder)

    @property
    def shelf(self) -> Shelf:
        """The same for copies."""
        return Shelf(self.files, self.links, self.settings.file_most)

    @property
    def links(self) -> Links:
        """To files, for whoever is outside."""
        return Links(self.settings.address, self.settings.secret)

    @property
    def own_links(self) -> Links:
        """The same for our own pages, which may be reached by another address."""
        return Links("", self.settings.secret)

    def close(self) -> None:
        """Let everybody who listens go, and what is open with them."""
        self.feeds.close()
        self.hints.close()
        self.redis.close()
        self.engine.dispose()


def here() -> Process:
    """The process that answers the present request."""
    return cast(Process, current_app.extensions[NAME])
