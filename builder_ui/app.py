"""The Flask application: put together here, and the only place that knows Flask-SQLAlchemy."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from flask import Flask, Response
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix

from builder_ui import (
    auth,
    body_limits,
    figures,
    file_links,
    headers,
    hooks,
    limits,
    live,
    pages,
    problems,
    repeats,
    webchat,
)
from builder_ui.api import resources
from builder_ui.arrivals import Arrivals
from builder_ui.circuit import connect
from builder_ui.doors import Doors
from builder_ui.doorstep import Doorstep
from builder_ui.encoding import OrjsonProvider
from builder_ui.feeds import Feeds
from builder_ui.health import health
from builder_ui.hints import Hints
from builder_ui.process import NAME, Process
from builder_ui.timing import Timing
from builder_ui.tokens import Tokens
from flowengine.channels.http import MOST_BYTES
from flowengine.jobs.logs import log_as
from flowengine.settings import Settings
from flowengine.store.engine import StoreFault, is_away, make_engine
from flowengine.store.unit import passes

log = logging.getLogger(__name__)

POOL_SIZE = 10  # of a worker process, and as many again at a peak; nobody waits with one in hand
POOL_PATIENCE_S = 5  # for a connection; whoever gets none is told to come again


class _Database(SQLAlchemy):
    """Flask-SQLAlchemy with the store's own engine: its role, its JSON, its zone."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return make_engine(
            options["url"], pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_timeout=POOL_PATIENCE_S, fence=True
        )


def create_app(settings: Settings | None = None, *, dist: Path = pages.DIST) -> APIFlask:
    """The web of one installation. `dist` is where the front-end build lies."""
    if settings is None:  # a process of its own, not a test's
        log_as()
        settings = Settings.read()
    app = APIFlask(
        "builder_ui",
        title="flowengine",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]  # Flask takes None for "no such folder"
    )
    app.json = OrjsonProvider(app)
    app.config.update(_configuration(settings, dist))
    app.extensions[NAME] = _process(app, settings)
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    https = settings.address.startswith("https:")
    app.wsgi_app = Doorstep(app.wsgi_app, app.extensions[NAME], https=https)  # type: ignore[method-assign]
    headers.register(app, https=https)
    problems.register(app)
    app.register_error_handler(StoreFault, _database_fault)
    limits.register(app, settings.redis_url, app.extensions[NAME].redis)
    body_limits.register(app, most=settings.file_most)
    auth.register(app)
    repeats.register(app, resources.PREFIX)
    resources.register(app)
    app.spec_processor(_describe)  # type: ignore[arg-type]  # a dictionary, since ours is no YAML
    figures.register(app)
    app.register_blueprint(live.live)
    for blueprint in (hooks.hooks, webchat.webchat, file_links.file_links, health, pages.pages):
        auth.csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    return app


def _describe(spec: dict[str, Any]) -> dict[str, Any]:
    return repeats.describe(problems.describe(spec))


def _configuration(settings: Settings, dist: Path) -> dict[str, Any]:
    https = settings.address.startswith("https:")
    return {
        "SECRET_KEY": settings.secret,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "SESSION_COOKIE_NAME": "flowengine",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "PERMANENT_SESSION_LIFETIME": auth.SESSION_LIFE,
        "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as its session
        "AUTO_404_RESPONSE": False,  # problem documents are described once, for all
        "AUTO_VALIDATION_ERROR_RESPONSE": False,
        "DIST": dist,
    }


def _process(app: Flask, settings: Settings) -> Process:
    database = _Database(app)
    redis = connect(settings.redis_url)
    with app.app_context():
        engine = database.engine
    hints = Hints(redis)
    return Process(
        settings=settings,
        engine=engine,
        session=database.session,
        redis=redis,
        hints=hints,
        doors=Doors(engine),
        arrivals=Arrivals(engine, redis),
        tokens=Tokens(settings.secret),
        feeds=Feeds(engine, hints),
        timing=Timing(redis),
    )


def _database_fault(error: Exception) -> Response:
    """A database that is away or overloaded, and a transaction that met another, are worth another try; else ours."""
    gone = isinstance(error, DBAPIError) and error.connection_invalidated
    if passes(error) and not gone:
        return problems.problem(503, "Two changes met, this one was not made; try again.", headers={"Retry-After": "0"})
    if gone or is_away(error):
        log.error("the database does not answer, or takes nothing: %s", error)
        return problems.problem(503, "The database does not answer; try again.", headers={"Retry-After": "2"})
    log.exception("the database refused a statement", exc_info=error)
    return problems.problem(500, "Something went wrong on our side; it has been logged.")
