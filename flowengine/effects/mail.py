"""E-mail of the installation itself, through the operator's own mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from flowengine.core.errors import ChannelRefused, NoAnswer

TIME_LIMIT_S = 15.0  # for a step of the conversation with the server
PORTS = {"smtp": 587, "smtps": 465}  # submission (RFC 6409), the same inside TLS (RFC 8314)
STARTTLS = ("auto", "yes", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where mail is handed in. `starttls` "auto": where it is offered, and where a password leaves this machine."""

    host: str
    port: int
    tls: bool
    starttls: str
    user: str
    password: str = field(repr=False)
    sender: str


def read_server(url: str, *, sender: str) -> MailServer:
    """`smtp://user:password@host:587?starttls=yes&from=a@b.example`, or smtps://; ValueError says what would do.

    `sender` is who writes where neither `from` nor the user's name is an address.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("must look like smtp://user:password@mail.example.com:587, or smtps://")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    unknown = sorted(options.keys() - {"starttls", "from"})
    starttls = options.get("starttls", "auto")
    if unknown or starttls not in STARTTLS:
        raise ValueError(f"knows starttls={'|'.join(STARTTLS)} and from=address after the question mark")
    user = unquote(parts.username or "")
    server = MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        tls=parts.scheme == "smtps",
        starttls=starttls,
        user=user,
        password=unquote(parts.password or ""),
        sender=options.get("from") or (user if "@" in user else sender),
    )
    read_address(server.sender)
    return server


def read_address(text: str) -> str:
    """An e-mail address as it stands; ValueError for what is none."""
    try:
        address = Address(addr_spec=text)
    except Exception as wrong:  # the parser of the standard library raises whatever it stumbles over
        raise ValueError(f"{text!r} is no e-mail address") from wrong
    if not address.username or not address.domain or not text.isprintable():
        raise ValueError(f"{text!r} is no e-mail address")
    return text


def send(server: MailServer, to: Sequence[str], subject: str, text: str) -> None:
    """Hand one message in; NoAnswer where that may work another time, ChannelRefused where it would not."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, ", ".join(to), subject
    message["Date"], message["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain="flowengine")
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    message.set_content(text)
    try:
        with _connected(server) as connection:
            connection.send_message(message, from_addr=server.sender, to_addrs=list(to))
    except smtplib.SMTPResponseException as fault:
        kind = NoAnswer if 400 <= fault.smtp_code < 500 else ChannelRefused
        raise kind(f"the mail server said {fault.smtp_code} {_words(fault.smtp_error)}") from fault
    except smtplib.SMTPRecipientsRefused as fault:
        kind = NoAnswer if all(400 <= code < 500 for code, _ in fault.recipients.values()) else ChannelRefused
        raise kind(f"the mail server takes none of {', '.join(fault.recipients)}") from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise ChannelRefused(f"the mail server at {server.host}:{server.port}: {fault}") from fault
    except (OSError, smtplib.SMTPException) as fault:
        raise NoAnswer(f"the mail server at {server.host}:{server.port} does not answer: {fault}") from fault


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.tls:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIME_LIMIT_S, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIME_LIMIT_S)
    try:
        _make_private(connection, server, context)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(connection: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> None:
    connection.ehlo_or_helo_if_needed()
    if server.tls or server.starttls == "no":
        return
    wanted = server.starttls == "yes" or (bool(server.password) and not _is_here(server.host))
    if connection.has_extn("starttls"):
        connection.starttls(context=context)
        connection.ehlo()
    elif wanted:
        raise smtplib.SMTPNotSupportedError("it offers no STARTTLS; smtps://, or starttls=no on a network of your own")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
