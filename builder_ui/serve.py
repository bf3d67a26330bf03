"""gunicorn, with the whole web imported before it forks: what its workers share is in memory once.

Only modules are shared. Each worker makes its own application, since connections and threads do not survive a fork.
"""

from gevent import monkey

monkey.patch_all()  # first of all: psycopg asks when it is imported how it is to wait

import gc  # noqa: E402
from contextlib import suppress  # noqa: E402
from importlib import import_module  # noqa: E402

from gunicorn.app.wsgiapp import run  # noqa: E402

import builder_ui.app  # noqa: E402, F401

LATE = ("apiflask.settings", "flask_sqlalchemy.cli", "valkey")  # what others import when an application is made

if __name__ == "__main__":
    for name in LATE:
        with suppress(ImportError):
            import_module(name)
    gc.collect()
    gc.freeze()  # a collection in a worker would write to what is shared, and so make it the worker's own
    run(prog="gunicorn")
