"""gunicorn, with the application made before it forks: what its workers share is in memory once.

Neither connections nor threads survive a fork, and the application has neither before its first request.
"""

from gevent import monkey

monkey.patch_all()  # first of all: psycopg asks when it is imported how it is to wait

import gc  # noqa: E402
from time import sleep  # noqa: E402
from typing import Any  # noqa: E402

from gunicorn.app.wsgiapp import WSGIApplication  # noqa: E402

TIMERS_S = 0.1  # the rate limits look once, from a thread, whether something has expired


class Web(WSGIApplication):  # type: ignore[misc]  # gunicorn has no types
    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("preload_app", True)
        self.cfg.set("when_ready", _before_the_first_fork)


def _before_the_first_fork(_server: Any) -> None:
    sleep(TIMERS_S)
    gc.freeze()  # a collection in a worker would write to what is shared, and so make it the worker's own


if __name__ == "__main__":
    Web("%(prog)s [OPTIONS] [APP_MODULE]", prog="gunicorn").run()
