-- Who may see what: one role that is neither owner nor superuser, one account at a time.

do $$
begin
    if not exists (select from pg_roles where rolname = 'flowengine_app') then  -- the owner may not be allowed to
        create role flowengine_app login nosuperuser nocreatedb nocreaterole nobypassrls;
    end if;
exception
    when duplicate_object or unique_violation then null;  -- roles are the cluster's, not the database's
end
$$;

do $$
begin
    execute format('grant flowengine_app to %I', current_user);  -- so that an owner's URL can step down to it
exception
    when others then raise notice 'the owner may not grant flowengine_app: %', sqlerrm;
end
$$;

grant usage on schema public to flowengine_app;

do $$
declare
    name text;
begin
    foreach name in array array[
        'audit', 'binding', 'business_hours', 'channel', 'channel_address', 'client_message', 'contact',
        'contact_identity', 'conversation', 'conversation_event', 'dead_letter', 'flow', 'flow_version', 'intake',
        'lane', 'live_event', 'login_account', 'member', 'message', 'note', 'outbox', 'outgoing', 'run', 'seen',
        'stream', 'team', 'team_member', 'turn'
    ] loop
        execute format('alter table %I enable row level security', name);
        execute format(
            'create policy of_its_account on %I using (account_id = current_setting(''app.account'')::uuid)', name
        );
        execute format('grant select, insert, update, delete on %I to flowengine_app', name);
    end loop;
end
$$;

alter table account enable row level security;
create policy itself on account using (id = current_setting('app.account')::uuid);
grant select, insert, update on account to flowengine_app;
grant select, insert, update on login to flowengine_app;
grant select, update on installation to flowengine_app;

-- What was published or recorded stays as it was.
revoke update, delete on flow_version, audit from flowengine_app;
-- A partition is reached through its table alone, whose policy holds.
alter table message_default enable row level security;
alter table turn_default enable row level security;
alter table live_event_default enable row level security;

insert into installation (id) values (gen_random_uuid());
