-- Messages and turns by the month, live events by the day, as the time in their UUIDv7 says. The application's role
-- makes no tables, so these run as the owner; they take no names and no moments of it, but what is due.

create function id_at(at timestamptz) returns uuid
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
    select (lpad(to_hex(floor(extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

create function time_of(id uuid) returns timestamptz
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp
as $$
    select to_timestamp(('x' || lpad(left(replace(id::text, '-', ''), 12), 16, '0'))::bit(64)::bigint / 1000.0)
$$;

create function partition_step(parent text) returns interval
language sql immutable strict set search_path = pg_catalog, pg_temp
as $$
    select case parent when 'live_event' then interval '1 day' else interval '1 month' end
$$;

-- Days for which an account keeps "messages", "turns" or "live_events"; null: for ever. Live events never are: a
-- screen that was away for longer reads everything anew, and each day of them is a table.
create function kept_days(settings jsonb, what text) returns integer
language sql immutable set search_path = pg_catalog, pg_temp
as $$
    select case
        when jsonb_typeof(settings -> 'retention' -> what) = 'number'
            then greatest(1, least((settings -> 'retention' ->> what)::numeric,
                                   case what when 'live_events' then 30 else 36500 end))::integer
        when settings -> 'retention' -> what = 'null'::jsonb and what <> 'live_events' then null
        else case what when 'turns' then 90 when 'live_events' then 2 end
    end
$$;

create function partitions()
returns table (parent text, name text, begins timestamptz, ends timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    select p.relname, c.relname, public.time_of(bound[1]::uuid), public.time_of(bound[2]::uuid)
    from pg_inherits i
    join pg_class p on p.oid = i.inhparent
    join pg_class c on c.oid = i.inhrelid
    cross join lateral regexp_match(
        pg_get_expr(c.relpartbound, c.oid), $re$FROM \('([0-9a-f-]+)'\) TO \('([0-9a-f-]+)'\)$re$) as bound
    where p.relnamespace = 'public'::regnamespace and p.relname in ('message', 'turn', 'live_event')
      and bound is not null
    order by 1, 3
$$;

-- What lies in the default partition, since it came before its month was made, moves along. For the owner alone.
create function make_partition(parent text, at timestamptz) returns text
language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
    step interval := public.partition_step(parent);
    unit text := case parent when 'live_event' then 'day' else 'month' end;
    begins timestamptz := date_trunc(unit, at, 'UTC');
    ends timestamptz := ((begins at time zone 'UTC') + step) at time zone 'UTC';
    form text := case unit when 'day' then '_YYYY_MM_DD' else '_YYYY_MM' end;
    name text := parent || to_char(begins at time zone 'UTC', form);
    key text := case parent when 'turn' then 'run_id' else 'id' end;
begin
    if to_regclass('public.' || name) is not null then
        return null;
    end if;
    execute format('lock table public.%I in access exclusive mode', parent || '_default');
    execute format('create table public.%I (like public.%I including all)', name, parent);
    execute format('alter table public.%I enable row level security', name);
    execute format(
        'with moved as (delete from public.%1$I where %2$I >= %3$L and %2$I < %4$L returning *)
         insert into public.%5$I select * from moved',
        parent || '_default', key, public.id_at(begins), public.id_at(ends), name);
    execute format(
        'alter table public.%I attach partition public.%I for values from (%L) to (%L)',
        parent, name, public.id_at(begins), public.id_at(ends));
    return name;
end
$$;

-- Whether no account wants anything of this span any more. A turn lies where its run began, and may be much younger.
create function partition_served(parent text, name text, begins timestamptz, ends timestamptz) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
    what text := case parent when 'live_event' then 'live_events' else parent || 's' end;
    days integer;
    forever boolean;
    needed boolean;
begin
    select max(public.kept_days(a.settings, what)), bool_or(public.kept_days(a.settings, what) is null)
    into days, forever from public.account a;
    if forever or ends > now() - make_interval(days => coalesce(days, 0)) then
        return false;
    end if;
    if parent = 'turn' then
        execute format('select exists(select from public.%I where at > $1)', name)
        into needed using now() - make_interval(days => coalesce(days, 0));
        return not needed and not exists(
            select from public.account a cross join lateral (
                select from public.run r
                where r.account_id = a.id and r.id >= public.id_at(begins) and r.id < public.id_at(ends)
                  and r.status = 'open' limit 1) open_run);
    end if;
    return true;
end
$$;

-- What will be needed soon; what would make others wait is left for the next call.
create function make_partitions() returns setof text
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '200ms'
as $$
declare
    parent text;
    ahead integer;
    made text;
begin
    if not pg_try_advisory_xact_lock(5801394073) then
        return;
    end if;
    foreach parent in array array['message', 'turn', 'live_event'] loop
        for ahead in 0..3 loop
            begin
                made := public.make_partition(parent, now() + ahead * public.partition_step(parent));
                if made is not null then
                    return next made;
                end if;
            exception
                when lock_not_available or deadlock_detected then null;
            end;
        end loop;
    end loop;
end
$$;

-- The oldest that has served its time goes, one a call: its table is locked until the commit. Null: there is none.
create function drop_partition() returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '200ms'
as $$
declare
    old record;
begin
    if not pg_try_advisory_xact_lock(5801394073) then
        return null;
    end if;
    for old in select p.* from public.partitions() p where p.ends < now() - interval '1 day' loop
        if public.partition_served(old.parent, old.name, old.begins, old.ends) then
            begin
                execute format('alter table public.%I detach partition public.%I', old.parent, old.name);
                execute format('drop table public.%I', old.name);
                return old.name;
            exception
                when lock_not_available or deadlock_detected then null;
            end;
        end if;
    end loop;
    return null;
end
$$;

revoke all on function make_partition, partition_served, make_partitions, drop_partition, partitions from public;
grant execute on function make_partitions, drop_partition, partitions to flowengine_app;

-- What there is already, of the years that a clock may have said.
do $$
declare
    parent text;
    month timestamptz;
begin
    foreach parent in array array['message', 'turn', 'live_event'] loop
        for month in execute format(
            'select distinct date_trunc(%1$L, public.time_of(%2$I), ''UTC'') from public.%3$I
             where %2$I between %4$L and %5$L order by 1',
            case parent when 'live_event' then 'day' else 'month' end,
            case parent when 'turn' then 'run_id' else 'id' end,
            parent || '_default', public.id_at('2020-01-01Z'), public.id_at(now() + interval '2 years'))
        loop
            perform public.make_partition(parent, month);
        end loop;
    end loop;
    perform public.make_partitions();
end
$$;
