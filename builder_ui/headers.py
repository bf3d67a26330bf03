"""Security headers of every answer, set in one place; the embedded web chat alone is open to other sites."""

from __future__ import annotations

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # positions of the canvas' nodes are style attributes
        "img-src 'self' data: blob: https:",  # pictures that contacts sent lie elsewhere
        "media-src 'self' blob: https:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # Flask-WTF compares the referrer under https
    "Permissions-Policy": "geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OPEN_PATHS = ("/webchat/", "/widget.js", "/files/")
PRIVATE_PATHS = ("/api/", "/hooks/", "/webchat/")  # what people said: no cache keeps it
OPEN = {
    "Access-Control-Allow-Origin": "*",  # no cookies there: a visitor is known by a token in a header
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def register(app: Flask, *, https: bool) -> None:
    """Set the headers on whatever `app` answers, refusals included."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in of(request.path, https=https).items():
            response.headers.setdefault(name, value)
        return response


def of(path: str, *, https: bool) -> dict[str, str]:
    """The headers of an answer from there, unless it has its own."""
    return {
        **ALWAYS,
        **({"Strict-Transport-Security": "max-age=31536000"} if https else {}),
        **(OPEN if path.startswith(OPEN_PATHS) else {"Cross-Origin-Resource-Policy": "same-origin"}),
        **({"Cache-Control": "no-store"} if path.startswith(PRIVATE_PATHS) else {}),
    }
