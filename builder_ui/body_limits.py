"""How large a request's body may be where it brings files; everything else keeps to the application's limit."""

from __future__ import annotations

from flask import Flask, request

from builder_ui.problems import Refused
from flowengine.core.bundle import MOST_BYTES as MOST_OF_A_BUNDLE

UPLOAD = "stored_files.upload"  # its body is a file, which is read piece by piece
WITH_FILES = ("bundles.look", "bundles.take_in")  # files of flows may lie in these


def register(app: Flask, *, most: int) -> None:
    """Before anybody looks at a body, the CSRF check included: it asks for the form that might be in it."""

    @app.before_request
    def widen() -> None:
        if request.endpoint in WITH_FILES:
            request.max_content_length = MOST_OF_A_BUNDLE
        elif request.endpoint == UPLOAD:
            if (request.content_length or 0) > most:
                raise too_large(most)
            request.max_content_length = most


def too_large(most: int) -> Refused:
    """The refusal of a file with more bytes than are taken."""
    return Refused(413, f"The file has more than {most // 2**20} MB, the most that is taken here.", most=most)
