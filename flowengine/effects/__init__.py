"""How each effect is carried out: applied inside the turn's transaction, or performed after it from the outbox.

A module here is named after its effect and has `apply(effects, stage, origin, index)`: effects of its kind that a
turn asked for in a row, the first of them being the turn's `index`-th. What speaks to the outside world is owed to
the outbox there and has `perform` besides, which runs with no transaction open.
"""
