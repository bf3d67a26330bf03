"""What an installation takes of the machine's memory while nobody uses it."""

from __future__ import annotations

from time import sleep

from flowengine.bench.figures import Figures, Plan
from flowengine.bench.installation import Installation
from flowengine.bench.usage import SERVERS, WORKERS, Processes

CALM_S = 5.0  # until what a start has begun is done


def measure(installation: Installation, _plan: Plan) -> list[Figures]:
    """Megabytes by part and in sums: each page once (PSS), where the system tells that; and as `ps` has it (RSS)."""
    sleep(CALM_S)
    parts = Processes(installation).memory()
    once = {part: each.rss if each.pss is None else each.pss for part, each in parts.items()}
    return [
        {
            "web_and_workers_mb": once.get("web", 0) + once.get(WORKERS, 0),
            "with_servers_mb": sum(once.get(part, 0) for part in ("web", WORKERS, *SERVERS)),
            "all_mb": sum(once.values()),  # with the supervisor
            **{f"{part}_mb": size for part, size in sorted(once.items())},
            "web_and_workers_rss_mb": sum(parts[part].rss for part in ("web", WORKERS) if part in parts),
            **{f"{part}_rss_mb": each.rss for part, each in sorted(parts.items())},
        }
    ]
