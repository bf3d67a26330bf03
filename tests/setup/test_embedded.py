"""The servers of the default installation: whatever happened before, the next start finds the data and a server."""

import multiprocessing
import os
import pwd
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest
from redis import Redis

from flowengine import embedded

HASTY = {"fsync": "off"}


def ask(servers: embedded.Servers, statement: str, role: str = embedded.OWNER_ROLE) -> list[tuple[object, ...]]:
    with psycopg.connect(servers.postgres.dsn(role, embedded.DATABASE)) as connection:
        answer = connection.execute(statement)
        return answer.fetchall() if answer.description else []


def pids(servers: embedded.Servers) -> tuple[int, int]:
    places = servers.postgres.places
    return tuple(  # type: ignore[return-value]
        int(file.read_text().split()[0]) for file in (places.cluster / "postmaster.pid", places.valkey / "valkey.pid")
    )


def remember(servers: embedded.Servers) -> None:
    ask(servers, "create table kept as select 'still here' as words")
    with Redis.from_url(servers.valkey.url) as redis:
        redis.set("kept", "still here")


def remembered(servers: embedded.Servers) -> tuple[object, object]:
    with Redis.from_url(servers.valkey.url, decode_responses=True) as redis:
        return ask(servers, "select words from kept")[0][0], redis.get("kept")


def test_what_was_stored_is_there_after_a_stop_and_a_start(data: Path):
    servers = embedded.start_servers(data, HASTY)
    remember(servers)
    servers.stop()
    assert not servers.postgres.runs()
    assert not servers.valkey.runs()
    assert remembered(embedded.start_servers(data, HASTY)) == ("still here", "still here")


def test_servers_left_over_from_a_killed_supervisor_are_adopted(data: Path):
    killed = multiprocessing.get_context("fork").Process(target=_start_and_die, args=(data,))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    left = embedded.start_servers(data, HASTY)
    before = pids(left)
    assert pids(embedded.start_servers(data, HASTY)) == before


def _start_and_die(data: Path) -> None:
    embedded.start_servers(data, HASTY)
    os.kill(os.getpid(), signal.SIGKILL)


def test_killed_servers_are_started_again_with_their_data(data: Path):
    servers = embedded.start_servers(data, HASTY)
    remember(servers)
    with Redis.from_url(servers.valkey.url) as redis:
        redis.execute_command("WAITAOF", 1, 0, 0)
    for pid in pids(servers):
        os.kill(pid, signal.SIGKILL)
    assert remembered(embedded.start_servers(data, HASTY)) == ("still here", "still here")


def test_a_stopped_process_that_answers_nobody_is_replaced(data: Path):
    servers = embedded.start_servers(data, HASTY)
    shutil.rmtree(servers.postgres.places.sockets)  # as a sweeper of temporary folders does
    again = embedded.start_servers(data, HASTY)
    assert ask(again, "select 1") == [(1,)]


def test_a_pid_file_that_names_a_stranger_is_not_believed(data: Path):
    servers = embedded.start_servers(data, HASTY)
    places = servers.postgres.places
    servers.stop()
    (places.cluster / "postmaster.pid").write_text(f"{os.getpid()}\n{places.cluster}\n")
    (places.valkey / "valkey.pid").write_text(f"{os.getpid()}\n")
    again = embedded.start_servers(data, HASTY)
    assert os.getpid() not in pids(again)
    assert ask(again, "select 1") == [(1,)]


def test_data_of_another_major_version_is_refused_in_words(data: Path):
    servers = embedded.start_servers(data, HASTY)
    servers.stop()
    (servers.postgres.places.cluster / "PG_VERSION").write_text("12\n")
    with pytest.raises(embedded.EmbeddedError, match=r"written by PostgreSQL 12, and this installation has 18\."):
        embedded.start_servers(data, HASTY)


def test_an_unreadable_log_of_writes_does_not_stop_the_queue(data: Path):
    servers = embedded.start_servers(data, HASTY)
    servers.valkey.stop()
    (servers.postgres.places.valkey / "appendonlydir" / "appendonly.aof.manifest").write_text("not a manifest\n")
    again = embedded.start_servers(data, HASTY)
    with Redis.from_url(again.valkey.url) as redis:
        assert redis.ping()
    assert list(again.valkey.places.valkey.glob("appendonlydir.unreadable-*"))


@pytest.mark.parametrize("name", ["a" * 150, "with space, and comma@"])
def test_any_data_folder_gets_a_short_and_plain_place_for_sockets(
    name: str, folder: Path, stopping: Callable[[Path], Path]
):
    data = stopping(folder / name)
    servers = embedded.start_servers(data, HASTY)
    sockets = servers.postgres.places.sockets
    assert len(str(sockets)) < 80
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert ask(servers, "select 1") == [(1,)]
    assert embedded.make_places(data).sockets == sockets


def test_the_application_may_not_change_tables_or_see_past_policies(data: Path):
    servers = embedded.start_servers(data, HASTY)
    facts = "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    assert ask(servers, facts, embedded.APP_ROLE) == [(False, False, False, False)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(servers, "create table mine (id int)", embedded.APP_ROLE)


def test_order_and_letters_are_the_same_on_every_machine(data: Path):
    servers = embedded.start_servers(data, HASTY)
    assert ask(
        servers, "select lower('ÁÇÕ'), 'Z' < 'a', datlocprovider from pg_database where datname = 'flowengine'"
    ) == [("áçõ", True, "b")]


def test_a_second_holder_of_a_data_folder_is_told_who_has_it(data: Path):
    with embedded.lock(data), pytest.raises(embedded.InUse, match=f"process {os.getpid()}"), embedded.lock(data):
        pass
    with embedded.lock(data):
        pass


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@as_root
def test_for_root_servers_belong_to_a_user_without_rights(data: Path):
    servers = embedded.start_servers(data, HASTY)
    owner = servers.postgres.places.owner
    assert owner is not None
    assert {psutil.Process(pid).uids().effective for pid in pids(servers)} == {owner.uid}
    assert servers.postgres.places.cluster.stat().st_uid == owner.uid


@as_root
def test_below_a_folder_closed_to_servers_root_keeps_their_data_elsewhere(
    folder: Path, stopping: Callable[[Path], Path]
):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    data = stopping(closed / "data")
    servers = embedded.start_servers(data, HASTY)
    outside = servers.postgres.places.servers
    assert ask(servers, "select 1") == [(1,)]
    assert closed.stat().st_mode & 0o777 == 0o700
    assert (data / "servers").resolve() == outside


@as_root
def test_an_ordinary_user_needs_no_rights(stopping: Callable[[Path], Path]):
    home = Path("/tmp") / f"flowengine-home-{os.getpid()}"
    home.mkdir(mode=0o700)
    nobody = pwd.getpwnam("nobody")
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    person = multiprocessing.get_context("fork").Process(target=_start_as, args=(nobody.pw_uid, nobody.pw_gid, home))
    person.start()
    person.join(60)
    shutil.rmtree(home)
    assert person.exitcode == 0


def _start_as(uid: int, gid: int, home: Path) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    servers = embedded.start_servers(home / "data", HASTY)
    try:
        assert ask(servers, "select 1") == [(1,)]
        assert psutil.Process(pids(servers)[0]).uids().effective == uid
    finally:
        servers.stop()
