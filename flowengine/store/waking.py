"""How what has been put into the intake wakes its lane."""

# A lane that is free is woken and stays locked until we commit, so that no turn can look and find nothing in
# between. A lane that a turn holds is not waited for: the event is marked instead, and the next claim finds it.
WAKE = """
    free as (
        select l.id from lane l
        where l.account_id = :account and l.id in (select lane_id from given)
        for no key update skip locked
    ), woken as (
        update lane l
        set due_at = :now,
            priority = case when l.due_at is null then given.priority else least(l.priority, given.priority) end
        from (select lane_id, min(priority) as priority from given group by lane_id) given
        where l.account_id = :account and l.id = given.lane_id and l.id in (select id from free)
          and (l.due_at is null or l.due_at > :now or l.priority > given.priority)
    )"""
