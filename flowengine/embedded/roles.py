"""Who may do what in the embedded database: an owner who migrates, an application role that policies bind."""

import psycopg
from psycopg.sql import SQL, Identifier

from flowengine.embedded.postgres import SUPERUSER, Postgres

OWNER_ROLE = "flowengine_owner"
APP_ROLE = "flowengine_app"
DATABASE = "flowengine"


def make_roles_and_database(postgres: Postgres) -> None:
    """Make what is missing of the two roles and the database; safe to repeat."""
    with psycopg.connect(postgres.dsn(SUPERUSER, "postgres"), autocommit=True) as connection:
        roles = {name for (name,) in connection.execute("select rolname from pg_roles")}
        for role in {OWNER_ROLE, APP_ROLE} - roles:
            connection.execute(
                SQL("create role {} login nosuperuser nocreatedb nocreaterole nobypassrls").format(Identifier(role))
            )
        if {OWNER_ROLE, APP_ROLE} - roles:  # so that who holds the owner's URL can step down to the application's role
            connection.execute(SQL("grant {} to {}").format(Identifier(APP_ROLE), Identifier(OWNER_ROLE)))
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            make_database(connection, DATABASE)


def make_database(connection: psycopg.Connection, name: str, *, template: str = "template1") -> None:
    """Make a database that the owner role owns and only our two roles may enter."""
    connection.execute(
        SQL("create database {} owner {} template {} strategy file_copy").format(
            Identifier(name), Identifier(OWNER_ROLE), Identifier(template)
        )
    )
    connection.execute(SQL("revoke all on database {} from public").format(Identifier(name)))
    connection.execute(SQL("grant connect on database {} to {}").format(Identifier(name), Identifier(APP_ROLE)))
