"""What the checker spends on documents that nobody would draw: each in a process of its own, with nothing kept."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from flowengine.bench.hostile_documents import DOCUMENTS
from flowengine.bench.hostile_parts import ACCOUNT
from flowengine.core.errors import InvalidFlow
from flowengine.core.program import compile_flow
from flowengine.nodes import NODE_TYPES, check, read_flow

LONGEST_S = 120  # for a process, whatever the machine is doing
KIB_PER_MIB = 1024


def measure() -> dict[str, str]:
    """In words, by document: seconds of one core, the most memory, findings; with the seconds of compiling it."""
    return {
        name: "{check_s:.2f} s  {mib:.0f} MiB  {findings}  +{compile_s:.2f} s".format(**look(name))
        for name in DOCUMENTS
    }


def look(name: str) -> dict[str, Any]:
    """One document in a process of its own: {"check_s", "mib", "findings", "codes", "read_s", "compile_s"}."""
    done = subprocess.run(
        [sys.executable, "-m", "flowengine.bench.hostile", name],
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST_S,
    )
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def spend(name: str) -> dict[str, Any]:
    """What this process, which has checked nothing yet, spends on the document."""
    document = DOCUMENTS[name]()
    check_s, findings = _timed(lambda: check(document, ACCOUNT))
    mib = _most_memory_kib() / KIB_PER_MIB
    return {
        "check_s": check_s,
        "mib": mib,
        "findings": len(findings),
        "codes": sorted({finding.code for finding in findings}),
        "compile_s": _timed(lambda: _compiled(document))[0],
    }


def _most_memory_kib() -> int:
    """Of this program alone: what getrusage tells began with the process that started us (proc(5), VmHWM)."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _compiled(document: Any) -> object:
    try:
        return compile_flow(read_flow(document), NODE_TYPES)
    except InvalidFlow as refused:
        return refused


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = process_time()
    done = work()
    return process_time() - begun, done


if __name__ == "__main__":
    json.dump(spend(sys.argv[1]), sys.stdout)
