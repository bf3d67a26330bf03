"""Pages and files: the built application, the web chat's demo page and its one script, health."""

from __future__ import annotations

from html import escape
from pathlib import Path

from apiflask import APIBlueprint
from flask import Response, current_app, request, send_from_directory
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

WORDS = {
    "pt-BR": {
        "chat_title": "Demonstração do chat",
        "chat_text": "Esta página faz o papel do site de um cliente. Abra a conversa no canto da tela.",
        "chat_script": "Uma linha basta para ter o chat em qualquer site:",
        "no_chat": "Ainda não há um chat de demonstração nesta instalação.",
        "not_built": "A interface ainda não foi construída.",
        "how": "Execute <code>./run</code>, que a constrói, ou <code>npm run build</code> em builder_ui/frontend.",
    },
    "en": {
        "chat_title": "Chat demonstration",
        "chat_text": "This page plays the part of a customer's site. Open the talk in the corner of the screen.",
        "chat_script": "One line puts the chat on any site:",
        "no_chat": "There is no demonstration chat in this installation yet.",
        "not_built": "The user interface has not been built yet.",
        "how": "Run <code>./run</code>, which builds it, or <code>npm run build</code> in builder_ui/frontend.",
    },
}

PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  :root {{ color-scheme: light dark; }}
  body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem; }}
  h1 {{ font-size: 1.75rem; line-height: 1.25; }}
  code {{ font-size: .875rem; }}
  pre {{ padding: 1rem; border-radius: .5rem; overflow-x: auto; background: rgb(127 127 127 / .12); }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
{script}
</body>
</html>
"""


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
    lang = language()
    words = WORDS[lang]
    if key is None:
        return _page(lang, words["chat_title"], f"<p>{words['no_chat']}</p>", status=404)
    tag = f'<script src="/widget.js" data-key="{escape(key)}" data-lang="{lang}" async></script>'
    shown = f'<script src="{here().settings.address}/widget.js" data-key="{key}" async></script>'
    body = f"<p>{words['chat_text']}</p>\n<p>{words['chat_script']}</p>\n<pre><code>{escape(shown)}</code></pre>"
    return _page(lang, words["chat_title"], body, script=tag)


def _page(lang: str, title: str, body: str, *, script: str = "", status: int = 200) -> Response:
    html = PAGE.format(lang=lang, title=title, body=body, script=script)
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
        return _page(language(), words["not_built"], f"<p>{words['how']}</p>", status=503)
    if path and "." in path.rsplit("/", 1)[-1] and (dist() / path).is_file():
        return send_from_directory(dist(), path, max_age=3600)
    response = send_from_directory(dist(), "index.html", max_age=0)
    response.headers["Cache-Control"] = "no-cache"
    return response


def dist() -> Path:
    """Where the front-end build lies."""
    folder: Path = current_app.config["DIST"]
    return folder
