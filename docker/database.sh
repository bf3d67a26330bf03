#!/bin/sh
# Runs once, when the database's volume is new: an owner for migrations, and the application's role, which row-level
# security binds.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
create role flowengine_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :'owner_password';
create role flowengine_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'app_password';
grant flowengine_app to flowengine_owner;
create database flowengine owner flowengine_owner;
revoke all on database flowengine from public;
grant connect on database flowengine to flowengine_app;
SQL
