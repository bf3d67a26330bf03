"""The socket that the web listens on: the supervisor binds it, so a restarted web keeps its visitors waiting."""

import errno
import socket

import click

BACKLOG = 2048  # connections that wait while the web restarts


def listen(host: str, port: int) -> socket.socket:
    """Bind and listen; port 0 takes any free one. Says in words what to do where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise click.ClickException(_words(error, host, port)) from error
    listener.set_inheritable(True)
    return listener


def address_of(listener: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    host, port = listener.getsockname()[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _words(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Choose another: --port {port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that this user has not. Choose one above 1023, for example --port 8000"
    return f"Cannot listen on {host}, port {port}: {error.strerror}"
