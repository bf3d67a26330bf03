"""Room on the disk: below a tenth, bulk work waits and turns leave no traces, so that replies can go on for long."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from flowengine.store.engine import Engine
from flowengine.store.installation import read_installation, set_scarce

log = logging.getLogger(__name__)

LEAST = 0.10  # of the disk
ENOUGH = 0.12  # again, so that it does not turn on and off with every file


def free_share(data: Path) -> float:
    """How much of the disk with the data folder is free; an embedded database lies there too."""
    usage = shutil.disk_usage(data)
    return usage.free / usage.total


def look(engine: Engine, free: float) -> bool:
    """Make the whole installation go by `free`, the share of the disk; whether room is scarce now."""
    was = read_installation(engine).scarce
    scarce = free < (ENOUGH if was else LEAST)
    if scarce != was:
        set_scarce(engine, scarce)
        log.error("the disk is %.0f%% free: %s", free * 100, "bulk work and traces stop" if scarce else "all goes on")
    return scarce
