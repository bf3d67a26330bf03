-- In a function of SQL a column's name hides a parameter's: `at` was the row's own, so that a timer, or an order that is
-- due later than it was written down, was never found.
create or replace function accounts_with_lanes(at timestamptz, most integer)
returns table (account_id uuid, priority smallint, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id, work.priority, work.due_at
    from public.account a
    cross join lateral (
        (select l.priority, l.due_at from public.lane l
         where l.account_id = a.id and l.due_at <= accounts_with_lanes.at order by l.priority, l.due_at limit 1)
        union all
        (select i.priority, i.at from public.intake i where i.account_id = a.id and i.unheard limit 1)
        union all
        (select 1::smallint, o.due_at from public.outbox o
         where o.account_id = a.id and o.kind = 'timer' and o.due_at <= accounts_with_lanes.at
         order by o.due_at limit 1)
        order by 1, 2 limit 1
    ) work
    order by work.priority, work.due_at
    limit most
$$;

create or replace function accounts_with_orders(at timestamptz, most integer)
returns table (account_id uuid, priority smallint, due_at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.id, 0::smallint, work.due_at
    from public.account a
    cross join lateral (
        select o.due_at from public.outbox o
        where o.account_id = a.id and o.kind <> 'timer' and o.due_at <= accounts_with_orders.at
        order by o.due_at limit 1
    ) work
    order by work.due_at
    limit most
$$;
