"""Two writes that meet in the database: one is made, the other is told to try again."""

import threading

from sqlalchemy import text

from builder_ui.app import create_app
from builder_ui.process import NAME
from tests.web.conftest import House


def test_a_write_that_meets_another_is_told_to_try_again(settings, tmp_path, owner_engine):
    app = create_app(settings, dist=tmp_path)
    House(app, "casa").build()
    first, second = threading.Event(), threading.Event()

    @app.get("/met/<one>/<other>")
    def lock(one, other):
        session = app.extensions[NAME].session
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": int(one)})
        (first if one == "1" else second).set()
        (second if one == "1" else first).wait(5)
        session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": int(other)})
        session.rollback()
        return {}

    statuses = []
    calls = [threading.Thread(target=lambda path=path: statuses.append(app.test_client().get(path).status_code))
             for path in ("/met/1/2", "/met/2/1")]  # fmt: skip
    for call in calls:
        call.start()
    for call in calls:
        call.join(20)
    app.extensions[NAME].close()
    assert sorted(statuses) == [200, 503]
