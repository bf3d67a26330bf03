"""Files by their signed links: for contacts, for channels that fetch them, for our own pages. No sign-in is asked."""

from __future__ import annotations

from datetime import UTC, datetime

from apiflask import APIBlueprint
from flask import Response, send_file
from flask.typing import ResponseReturnValue

from builder_ui.process import here
from builder_ui.units import reading
from flowengine.core.errors import NotFound
from flowengine.files.links import PATH, BadLink, Link
from flowengine.store.files import File

file_links = APIBlueprint("file_links", __name__, url_prefix=PATH.rstrip("/"), enable_openapi=False)

YEAR_S = 365 * 24 * 3600
# A browser may show these by themselves; all else is saved. None of them can hold a script.
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
# Whatever it is and however it is opened: no script, no form, no frame, no call, an origin of its own.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox"


@file_links.get("/<token>")
@file_links.get("/<token>/<path:name>")
def fetch(token: str, name: str = "") -> ResponseReturnValue:
    """The file that this link leads to, its parts too (Range), as a video is played from its middle."""
    link = _link(token)
    with reading(link.account) as unit:
        file = unit.files.get(link.sha256)
    if file is None:
        raise NotFound("This file is not kept any more.")
    return answer(link, file)


def answer(link: Link, file: File) -> Response:
    """Its bytes, with a name to save it by, in an answer that runs nowhere."""
    place = here().files.found(link.account, link.sha256)
    if place is None:
        raise NotFound("This file is not kept any more.")
    is_shown = file.mime in SHOWN or file.mime.startswith(("audio/", "video/"))
    response = send_file(
        place,
        mimetype=file.mime,
        as_attachment=not is_shown,
        download_name=file.name or link.sha256,
        conditional=True,
        etag=link.sha256,
        max_age=YEAR_S,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = f"private, max-age={YEAR_S}, immutable"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # the web chat lives on other people's pages
    return response


def _link(token: str) -> Link:
    try:
        return here().links.read(token, datetime.now(UTC))
    except BadLink:
        raise NotFound("This link leads to no file; it may have been a link for a short time.") from None
