"""`flowengine web`: everything HTTP, by gunicorn with gevent workers."""

import os
import sys

import click

from flowengine.settings import Settings

CONNECTIONS = 5000  # a worker: live streams are open all day, about 20 KB each
GRACE = 2  # seconds for requests in hand at the end; a live stream is cut, its client resumes
KEEP_ALIVE = 75  # seconds an idle connection stays open: longer than those of proxies and of clients that pool them
SILENCE = 60  # seconds without a heartbeat after which a worker is taken for hung


def workers_for(cores: int | None) -> int:
    """A worker a core; two are enough for one machine that also runs the database and the jobs."""
    return max(1, min(cores or 1, 2))


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port, or fd://N.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; a core each, two by default at most.")
def command(bind: str, workers: int | None) -> None:
    """Serve the web until told to stop."""
    Settings.read()  # so that what is wrong is said here, once, and not by every worker
    arguments = ["--bind", bind, "--workers", str(workers or workers_for(os.cpu_count()))]
    arguments += ["--worker-class", "gevent", "--worker-connections", str(CONNECTIONS)]
    arguments += ["--graceful-timeout", str(GRACE), "--timeout", str(SILENCE), "--log-level", "warning"]
    arguments += ["--keep-alive", str(KEEP_ALIVE)]
    arguments += ["--no-control-socket", "--name", "flowengine"]
    if os.access("/dev/shm", os.W_OK):
        arguments += ["--worker-tmp-dir", "/dev/shm"]  # a heartbeat shall not wait for a disk
    os.execv(sys.executable, [sys.executable, "-m", "builder_ui.serve", *arguments, "builder_ui.app:create_app()"])
