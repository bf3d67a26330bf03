-- The only questions that cross accounts. They run as the owner, answer with ids and nothing else that is
-- an account's own, and see no schema but the one they name.

create function accounts_with_lanes(at timestamptz, most integer)
returns table (account_id uuid, priority smallint, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id, work.priority, work.due_at
    from public.account a
    cross join lateral (
        (select l.priority, l.due_at from public.lane l
         where l.account_id = a.id and l.due_at <= at order by l.priority, l.due_at limit 1)
        union all
        (select i.priority, i.at from public.intake i where i.account_id = a.id and i.unheard limit 1)
        union all
        (select 1::smallint, o.due_at from public.outbox o
         where o.account_id = a.id and o.kind = 'timer' and o.due_at <= at order by o.due_at limit 1)
        order by 1, 2 limit 1
    ) work
    order by work.priority, work.due_at
    limit most
$$;

create function accounts_with_orders(at timestamptz, most integer)
returns table (account_id uuid, priority smallint, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id, 0::smallint, work.due_at
    from public.account a
    cross join lateral (
        select o.due_at from public.outbox o
        where o.account_id = a.id and o.kind <> 'timer' and o.due_at <= at order by o.due_at limit 1
    ) work
    order by work.due_at
    limit most
$$;

create function find_channel(wanted_kind text, wanted_key text)
returns table (account_id uuid, channel_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select c.account_id, c.channel_id from public.channel_address c where c.kind = wanted_kind and c.key = wanted_key
$$;

create function find_account(wanted_slug text) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id from public.account a where a.slug = wanted_slug
$$;

create function every_account() returns table (account_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id from public.account a order by a.id
$$;

create function find_memberships(wanted_login uuid)
returns table (account_id uuid, member_id uuid, slug text, name text, role text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id, m.id, a.slug, a.name, m.role
    from public.login_account l
    join public.account a on a.id = l.account_id
    join public.member m on m.account_id = l.account_id and m.id = l.member_id
    where l.login_id = wanted_login and m.removed_at is null
    order by a.name, a.id
$$;

revoke all on function accounts_with_lanes, accounts_with_orders, find_channel, find_account, every_account, find_memberships
from public;
grant execute on function accounts_with_lanes, accounts_with_orders, find_channel, find_account, every_account, find_memberships
to flowengine_app;
