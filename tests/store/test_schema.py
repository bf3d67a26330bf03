"""What holds of every table: the account comes first, columns say whether they are personal, the database agrees."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Index, Table, UniqueConstraint, text
from sqlalchemy.exc import DBAPIError

from flowengine.store.engine import APP_ROLE
from flowengine.store.tables import GLOBAL, metadata
from flowengine.store.unit import Unit
from tests.offices import Office

TABLES = [pytest.param(table, id=table.name) for table in metadata.sorted_tables]
OF_ACCOUNTS = [pytest.param(table, id=table.name) for table in metadata.sorted_tables if table not in GLOBAL]
SHARED = {"shared": [table.name for table in GLOBAL] + ["alembic_version"]}

# Tables that would be spread over machines by account. Their pieces by time follow them.
_OF_ACCOUNTS = """
    select oid, relname from pg_class
    where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace
      and relname <> all(:shared)"""
_KEYS_ACROSS_ACCOUNTS = text(f"""
    select i.relname from ({_OF_ACCOUNTS}) t
    join pg_index x on x.indrelid = t.oid and (x.indisunique or x.indisexclusion)
    join pg_class i on i.oid = x.indexrelid
    where not exists (select from pg_attribute a
                      where a.attrelid = t.oid and a.attname = 'account_id' and a.attnum = any(x.indkey))""")
# Both ends must name the account at the same place, or a row could belong to a row of another account.
_REFERENCES_ACROSS_ACCOUNTS = text(f"""
    select c.conname from ({_OF_ACCOUNTS}) t
    join pg_constraint c on c.conrelid = t.oid and c.contype = 'f' and c.conparentid = 0
    where not exists (
        select from unnest(c.conkey, c.confkey) as pair (here, there)
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = pair.here
        join pg_attribute b on b.attrelid = c.confrelid and b.attnum = pair.there
        where a.attname = 'account_id' and b.attname = 'account_id')""")


@pytest.mark.parametrize("table", TABLES)
def test_every_column_says_whether_it_is_personal(table: Table):
    assert [column.name for column in table.columns if not isinstance(column.info.get("personal"), bool)] == []


@pytest.mark.parametrize("table", OF_ACCOUNTS)
def test_the_account_comes_first_in_every_key(table: Table):
    uniques = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    firsts = [list(each.columns)[0].name for each in [table.primary_key, *uniques]]
    assert set(firsts) == {"account_id"}


@pytest.mark.parametrize("table", OF_ACCOUNTS)
def test_the_account_comes_first_in_every_index(table: Table):
    assert {_first(index) for index in table.indexes} <= {"account_id"}


def test_the_database_has_no_index_of_its_own_that_begins_otherwise(owner_engine: Engine):
    with owner_engine.connect() as connection:
        others = connection.execute(
            text("""
                select t.relname, i.relname from pg_index x
                join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
                join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
                where t.relnamespace = 'public'::regnamespace and a.attname <> 'account_id'
                  and t.relname <> all(:shared)"""),
            {"shared": [table.name for table in GLOBAL] + ["alembic_version"]},
        ).all()
    assert others == []


def test_every_table_that_is_not_on_the_short_list_can_be_spread_by_account(owner_engine: Engine):
    """What a database spread over machines asks of a table: the account in it, and never null."""
    with owner_engine.connect() as connection:
        found = connection.execute(text(f"""
                select relname from ({_OF_ACCOUNTS}) t
                where not exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'account_id'
                                  and a.attnotnull and not a.attisdropped)"""), SHARED).scalars()  # fmt: skip
        assert list(found) == []


def test_every_unique_key_holds_within_an_account(owner_engine: Engine):
    with owner_engine.connect() as connection:
        assert list(connection.execute(_KEYS_ACROSS_ACCOUNTS, SHARED).scalars()) == []


def test_every_foreign_key_stays_within_an_account(owner_engine: Engine):
    with owner_engine.connect() as connection:
        assert list(connection.execute(_REFERENCES_ACROSS_ACCOUNTS, SHARED).scalars()) == []


@pytest.mark.parametrize(
    ("statement", "found_by"),
    [
        ("create unique index wrong on contact (email)", "keys"),
        ("alter table note add constraint wrong unique (id)", "keys"),
        ("create table wrong (id uuid primary key, account_id uuid not null)", "keys"),
        ("create table wrong (account_id uuid, id uuid, r uuid, primary key (account_id, id));"
         "create unique index other on contact (id); alter table wrong add foreign key (r) references contact (id)",
         "references"),
        ("create table wrong (account_id uuid, a uuid, r uuid, primary key (account_id, r));"
         "alter table wrong add foreign key (r, account_id) references contact (account_id, id)", "references"),
    ],
)  # fmt: skip
def test_what_could_not_be_spread_is_noticed(owner_engine: Engine, statement: str, found_by: str):
    query = {"keys": _KEYS_ACROSS_ACCOUNTS, "references": _REFERENCES_ACROSS_ACCOUNTS}[found_by]
    with owner_engine.connect() as connection:  # never committed
        connection.execute(text(statement))
        assert list(connection.execute(query, SHARED).scalars()) != []


def test_row_level_security_holds_on_every_table_of_accounts(owner_engine: Engine):
    with owner_engine.connect() as connection:
        open_ones = connection.execute(
            text("""
                select relname from pg_class
                where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relrowsecurity""")
        ).scalars()
        assert set(open_ones) == {"login", "installation", "alembic_version"}


def test_the_migrations_make_the_tables_that_the_code_knows(owner_engine: Engine):
    def is_ours(_object, name, kind, _reflected, _compared):
        return kind != "table" or name in metadata.tables

    with owner_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_application_is_neither_owner_nor_superuser(engine: Engine):
    with engine.connect() as connection:
        row = connection.execute(
            text("""
                select current_user, r.rolsuper, r.rolbypassrls, exists(
                    select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace)
                from pg_roles r where r.rolname = current_user""")
        ).one()
    assert tuple(row) == (APP_ROLE, False, False, False)


@pytest.mark.parametrize("table", ["flow_version", "audit"])
def test_what_was_published_or_recorded_cannot_be_changed(office: Office, table: str):
    with pytest.raises(DBAPIError, match="permission denied"), office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        connection.execute(text(f"delete from {table}"))


def test_functions_that_cross_accounts_see_one_schema_only(owner_engine: Engine):
    with owner_engine.connect() as connection:
        paths = connection.execute(
            text("""
                select distinct proconfig[1] from pg_proc
                where pronamespace = 'public'::regnamespace and prosecdef""")
        ).scalars()
        assert list(paths) == ["search_path=pg_catalog, pg_temp"]


def _first(index: Index) -> str:
    return list(index.columns)[0].name
