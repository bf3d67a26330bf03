-- Numbers alone, and the account's short name: how much is due in each of its queues, and since when. It counts no
-- further than `most`, so that asking is cheap when much waits.
create function standings(moment timestamptz, most integer)
returns table (account text, queue text, waiting bigint, oldest timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select a.slug, q.queue, q.waiting, q.oldest
    from public.account a
    cross join lateral (
        select 'events' as queue, count(*) as waiting, min(i.at) as oldest
        from (select at from public.intake where account_id = a.id order by id limit most) i
        union all
        select 'timers', count(*), min(o.due_at)
        from (select due_at from public.outbox
              where account_id = a.id and kind = 'timer' and due_at <= moment order by due_at limit most) o
        union all
        select 'orders', count(*), min(o.due_at)
        from (select due_at from public.outbox
              where account_id = a.id and kind <> 'timer' and due_at <= moment order by due_at limit most) o
        union all
        select 'dead_letters', count(*), min(d.at)
        from (select at from public.dead_letter where account_id = a.id order by at limit most) d
    ) q
    where q.waiting > 0
$$;

revoke all on function standings from public;
grant execute on function standings to flowengine_app;
