"""How what has been put into the intake wakes its lane."""

# A lane that is free is woken and stays locked until we commit, so that no turn can look and find nothing in
# between. A lane that a turn holds is not waited for: the event is marked instead, and the next claim finds it.
# How a lane stands is asked of the lock, which shows the row as it is now: a turn that ended after this statement
# began has put it to sleep, of which the statement's own snapshot knows nothing. Lanes are named in arrays, so that
# they are looked up, whatever is believed of how many an account has.
WAKE = """
    free as (
        select l.id, l.due_at, l.priority from lane l
        where l.account_id = :account and l.id = any(array(select lane_id from given))
        for no key update skip locked
    ), woken as (
        update lane l
        set due_at = :now,
            priority = case when free.due_at is null then given.priority else least(free.priority, given.priority) end
        from (select lane_id, min(priority) as priority from given group by lane_id) given
        join free on free.id = given.lane_id
        where l.account_id = :account and l.id = free.id and l.id = any(array(select id from free))
          and (free.due_at is null or free.due_at > :now or free.priority > given.priority)
    )"""
