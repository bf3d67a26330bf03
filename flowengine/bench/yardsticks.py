"""What this machine allows, measured in the same minute: a durable write, and the hot path's transaction by itself."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import psycopg

from flowengine.bench.counts import libpq
from flowengine.bench.installation import BenchFailed
from flowengine.embedded.binaries import postgres_programs
from flowengine.settings import Settings

CLIENTS = 8
ROWS = 10_000
LONGEST_S = 5
_STATE = '{"node": "quantos", "status": "open", "vars": {"pedido": "pao de queijo", "pad": "%s"}}' % ("x" * 280)
_MAKE = f"""
    drop schema if exists bench cascade;
    create schema bench;
    create table bench.event (id bigserial primary key, run int not null, body jsonb not null, at timestamptz);
    create table bench.run (id int primary key, turn int not null, state jsonb not null);
    create table bench.outbox (id bigserial primary key, run int not null, body jsonb not null, due timestamptz);
    insert into bench.run select id, 0, '{_STATE}' from generate_series(1, {ROWS}) id;
"""
_TURN = f"""\
\\set id random(1, {ROWS})
begin;
insert into bench.event (run, body, at) values (:id, '{{"kind": "message_received", "text": "12"}}', now());
select turn, state from bench.run where id = :id for update;
update bench.run set turn = turn + 1, state = '{_STATE}' where id = :id;
insert into bench.outbox (run, body, due) values (:id, '{{"text": "Anotei"}}', now()), (:id, '{{"text": "12"}}', now());
commit;
"""


def fsync_ms(folder: Path, *, times: int = 200) -> float:
    """Until the disk below `folder` has acknowledged a page of 8 KB: the median."""
    flush = getattr(os, "fdatasync", os.fsync)  # macOS has no fdatasync
    page = os.urandom(8192)
    took = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for place in range(times):
            begun = perf_counter()
            os.pwrite(file.fileno(), page, place % 64 * len(page))
            flush(file.fileno())
            took.append(perf_counter() - begun)
    return round(median(took) * 1000, 3)


def limit_per_s(settings: Settings, *, seconds: float) -> float:
    """Transactions a second by pgbench with 8 clients: an event in, a run locked and changed, two orders out."""
    whole = round(min(LONGEST_S, max(1, seconds)))
    program = postgres_programs(None, None).folder / "pgbench"
    with psycopg.connect(libpq(settings, owner=True), autocommit=True) as owner:
        owner.execute(_MAKE.encode())
        try:
            with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
                script.write(_TURN)
                script.flush()
                command = [str(program), "--no-vacuum", "--protocol=prepared", f"--file={script.name}"]
                command += [f"--client={CLIENTS}", "--jobs=2", f"--time={whole}", libpq(settings, owner=True)]
                done = subprocess.run(command, capture_output=True, text=True, check=False)
        finally:
            owner.execute("drop schema bench cascade")
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None:
        raise BenchFailed(f"pgbench did not run: {done.stderr[-500:]}")
    return round(float(found[1]))
