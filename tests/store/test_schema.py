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
