"""A file that a flow is to send is looked at where it lies, and held against what its channels take."""

from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from builder_ui.app import create_app
from builder_ui.process import NAME
from flowengine.effects.file_trial import FileTrial, troubles
from tests.web.conftest import House


class Shelf(BaseHTTPRequestHandler):
    """Says what the test wants of a file, and gives little of it."""

    def do_GET(self):
        status, mime, size = self.server.file
        self.send_response(status)
        self.send_header("content-type", mime)
        if size is not None:
            self.send_header("content-length", str(size))
        self.end_headers()
        self.wfile.write(b"x" * min(size or 0, 2048))

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def shelf():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    server.file = (200, "image/jpeg; charset=x", 2048)
    server.url = f"http://127.0.0.1:{server.server_port}/foto.jpg"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def house(settings, shelf, tmp_path):
    """An account whose operator lets the shelf be called, that and nothing else that is private."""
    app = create_app(replace(settings, allow_callbacks_to=(f"127.0.0.1:{shelf.server_port}",)), dist=tmp_path)
    house = House(app, "casa").build()
    yield house
    app.extensions[NAME].close()


def looked_at(house, url, kind="image", who="ana"):
    return house.browser(who).post(f"/flows/{house.flow}/file", {"url": url, "kind": kind})


def codes(answer):
    return [each["code"] for each in answer.json["troubles"]]


def test_what_lies_there_is_told(house, shelf):
    came = looked_at(house, shelf.url).json
    assert (came["status"], came["mime"], came["size"]) == (200, "image/jpeg", 2048)


@pytest.mark.parametrize(
    ("file", "kind", "code"),
    [
        ((404, "text/plain", 3), "image", "status"),
        ((200, "text/html", 900), "image", "page"),
        ((200, "video/mp4", 900), "image", "other_kind"),
        ((200, "image/png", 900), "audio", "other_kind"),
    ],
)
def test_what_is_not_that_kind_of_file_is_said(house, shelf, file, kind, code):
    shelf.file = file
    assert code in codes(looked_at(house, shelf.url, kind))


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a.png", "http://169.254.169.254/a.png"])
def test_what_the_guard_bars_is_not_fetched(house, url):
    assert codes(looked_at(house, url)) == ["barred"]


@pytest.mark.parametrize(
    ("mime", "size", "kind", "expected"),
    [
        ("image/webp", 900, "image", [("type", "Número", None)]),
        ("image/png", 6_000_000, "image", [("size", "Número", 5 * 1024 * 1024)]),
        ("image/png", 5 * 1024 * 1024, "image", []),
        ("application/octet-stream", 900, "image", []),
        ("application/pdf", 6_000_000, "document", []),
        ("text/html", 900, "document", []),
        ("audio/mpeg", None, "audio", []),
    ],
)
def test_what_a_channel_does_not_take_is_said_with_its_name(mime, size, kind, expected):
    channels = {"whatsapp": "Número", "webchat": "Chat"}
    told = troubles(FileTrial(200, mime, size), url="https://loja.example/a", kind=kind, channels=channels)
    assert [(each.code, each.channel, each.most) for each in told] == expected


def test_only_authors_look_and_only_at_addresses(house, shelf):
    assert looked_at(house, shelf.url, who="bia").status_code == 403
    for url in ("ftp://a/b", "https://a/{{ vars.x }}", "nada", "https://a b"):
        assert looked_at(house, url).status_code == 422
