"""Does something in a process of its own, whose memory goes with it: the supervisor lives as long as the installation.

It forks, so the caller has no threads.
"""

import os
import sys
from collections.abc import Callable


def apart(act: Callable[[], str], on_failure: Callable[[Exception], None]) -> str:
    """What `act` returns. `on_failure` is told in the process of its own; SystemExit then, with its status."""
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(read)
        os._exit(_be(act, write, on_failure))
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as said:
        answer = said.read()
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(os.waitstatus_to_exitcode(status))
    return answer


def _be(act: Callable[[], str], write: int, on_failure: Callable[[Exception], None]) -> int:
    try:
        with os.fdopen(write, "w", encoding="utf-8") as answer:
            answer.write(act())
    except Exception as error:
        on_failure(error)
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
