"""Pages and files: the built application, the web chat's demo page and its one script, health."""

from __future__ import annotations

import json
from pathlib import Path

from apiflask import APIBlueprint
from flask import Response, current_app, render_template, request, send_from_directory
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from builder_ui.process import here
from builder_ui.units import reading
from flowengine.store.due import find_account

DIST = Path(__file__).parent / "frontend" / "dist"
NO_PAGES = ("api/", "hooks/", "webchat/")  # what is missing there is told to a program, not to a person
YEAR_S = 365 * 24 * 3600
DEMO_ACCOUNT = "demo"

pages = APIBlueprint("pages", __name__, enable_openapi=False)

# What these pages say, by language; texts here are ours and may hold links.
WORDS: dict[str, dict[str, str]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "texts").glob("*.json"))
}


def language() -> str:
    """The reader's: ?lang=, else Accept-Language, else Portuguese."""
    asked = request.args.get("lang")
    if asked in WORDS:
        return asked
    return request.accept_languages.best_match(list(WORDS), "pt-BR") or "pt-BR"


@pages.get("/chat")
def demo_chat() -> ResponseReturnValue:
    return _chat(demo_key())


@pages.get("/chat/<key>")
def chat(key: str) -> ResponseReturnValue:
    return _chat(key)


def demo_key() -> str | None:
    """The key of the demonstration account's web chat, or None where there is none."""
    account = find_account(here().engine, DEMO_ACCOUNT)
    if account is None:
        return None
    with reading(account) as unit:
        return next((channel.key for channel in unit.channels.all() if channel.kind == "webchat"), None)


def _chat(key: str | None) -> ResponseReturnValue:
    words = WORDS[language()]
    if key is None:
        return _page(words["chat_title"], words["no_chat"], status=404)
    return _answer(
        render_template(
            "chat.html",
            lang=language(),
            title=words["chat_title"],
            words=words,
            key=key,
            address=here().settings.address,
        )
    )


def _page(title: str, text: str, *, status: int) -> Response:
    return _answer(render_template("page.html", lang=language(), title=title, text=text), status=status)


def _answer(html: str, *, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    return Response(html, status=status, mimetype="text/html", headers=headers)


@pages.get("/widget.js")
def widget() -> ResponseReturnValue:
    """The one script of the web chat; asked for again each hour, answered by 304 while it is the same."""
    if not (dist() / "widget.js").is_file():
        return Response("/* not built: run ./run */", status=503, mimetype="text/javascript")
    response = send_from_directory(dist(), "widget.js", max_age=3600, conditional=True)
    response.mimetype = "text/javascript"
    return response


@pages.get("/assets/<path:name>")
def asset(name: str) -> ResponseReturnValue:
    """Files whose names hold a hash of what is in them: never asked for twice."""
    response = send_from_directory(dist() / "assets", name, max_age=YEAR_S)
    response.headers["Cache-Control"] = f"public, max-age={YEAR_S}, immutable"
    return response


@pages.get("/")
@pages.get("/<path:path>")
def application(path: str = "") -> ResponseReturnValue:
    """The built application, whatever the path: it finds its own way. Plain files beside it are served as they are."""
    if path.startswith(NO_PAGES):
        raise NotFound("There is nothing at this address.")
    if not (dist() / "index.html").is_file():
        words = WORDS[language()]
        return _page(words["not_built"], words["how"], status=503)
    if path and "." in path.rsplit("/", 1)[-1] and (dist() / path).is_file():
        return send_from_directory(dist(), path, max_age=3600)
    response = send_from_directory(dist(), "index.html", max_age=0)
    response.headers["Cache-Control"] = "no-cache"
    return response


def dist() -> Path:
    """Where the front-end build lies."""
    folder: Path = current_app.config["DIST"]
    return folder
