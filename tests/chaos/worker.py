"""A worker process of a test, without Redis: `python -m tests.chaos.worker turns|frozen|orders URL ACCOUNT [PEER]`.

turns    says that it is ready, then takes what waits, until its input ends
frozen   takes what waits once, and stops itself (SIGSTOP) in the middle of the transaction, its lanes claimed
orders   carries out what is owed, once; PEER (host:port), whom it calls, may have it stopped meanwhile

At its end it says how much it has done.
"""

from __future__ import annotations

import os
import signal
import sys
from select import select
from uuid import UUID

from sqlalchemy import Connection, event

from flowengine import turns
from flowengine.core.program import Program
from flowengine.effects.outside import Outside
from flowengine.store.engine import Engine, make_engine
from flowengine.turns.hands import Hands
from flowengine.turns.programs import Programs

MOMENT = "set local idle_in_transaction_session_timeout = '1s'"  # a worker's 15 s, for the impatient
SECRET = "a secret that only the tests know, long enough"


class Freezing(Programs):
    """Stops the whole process the first time that a turn looks for its flow."""

    def kept(self, version: UUID) -> Program | None:
        known = super().kept(version)
        if known is None:
            os.kill(os.getpid(), signal.SIGSTOP)
        return known


def main(what: str, url: str, account: UUID, *peers: str) -> None:
    engine = make_engine(url, fence=True)
    match what:
        case "turns":
            programs, taken = Programs(), 0
            print("ready", flush=True)
            while not select([sys.stdin], [], [], 0.001)[0]:
                taken += turns.take_waiting(engine, account, programs)
            print(taken)
        case "frozen":
            _be_impatient(engine)
            print(turns.take_waiting(engine, account, Freezing()))
        case "orders":
            with Outside(peers) as outside, Hands() as hands:
                print(turns.settle(turns.Settling(engine, account, outside, hands, SECRET)))


def _be_impatient(engine: Engine) -> None:
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(MOMENT)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], UUID(sys.argv[3]), *sys.argv[4:])
