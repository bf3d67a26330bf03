"""A mail server of a test's own: keeps what is handed in, asks for a password where it is told one.

with mail_server() as server:
    …hand in at server.port…
    assert server.letters[0]["subject"] == "…"
"""

import socketserver
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """`letters` are what came, `envelopes` to whom each was handed in; `refuses` answers each recipient so (code)."""

    port: int = 0
    login: tuple[str, str] | None = None
    refuses: int | None = None
    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    """One client's; it speaks what RFC 5321 asks of the other end."""

    timeout = 10

    def setup(self) -> None:
        super().setup()
        self.kept: MailServer = self.server.kept  # type: ignore[attr-defined]
        self.known, self.sender, self.to = self.kept.login is None, "", []

    def handle(self) -> None:
        self.say(220, "test")
        verb = ""
        while verb != "QUIT" and (line := self.rfile.readline()):
            verb, _, rest = line.decode().strip().partition(" ")
            getattr(self, verb.lower(), self.unknown)(rest)

    def ehlo(self, _: str) -> None:
        self.wfile.write(b"250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n")

    def auth(self, rest: str) -> None:
        user, password = b64decode(rest.split()[1]).decode().split("\0")[1:]
        self.known = (user, password) == self.kept.login
        self.say(*((235, "welcome") if self.known else (535, "who are you")))

    def mail(self, rest: str) -> None:
        self.sender = _address(rest)
        self.say(*((250, "ok") if self.known else (530, "say who you are")))

    def rcpt(self, rest: str) -> None:
        self.to.append(_address(rest))
        self.say(self.kept.refuses or 250, "so be it")

    def data(self, _: str) -> None:
        self.say(354, "go on")
        self.kept.letters.append(self.read_letter())
        self.kept.envelopes.append((self.sender, self.to))
        self.say(250, "taken")

    def rset(self, _: str) -> None:
        self.say(250, "ok")

    def quit(self, _: str) -> None:
        self.say(221, "bye")

    def unknown(self, _: str) -> None:
        self.say(502, "unknown")

    def read_letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        return letter

    def say(self, code: int, words: str) -> None:
        self.wfile.write(f"{code} {words}\r\n".encode())


@contextmanager
def mail_server(login: tuple[str, str] | None = None, refuses: int | None = None) -> Iterator[MailServer]:
    """On a free port of this machine, until the block ends."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
    server.daemon_threads = True
    server.kept = MailServer(server.server_address[1], login, refuses)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]
