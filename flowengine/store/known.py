"""What every turn knows of its account without asking: constants and aliases, kept in the account's own row."""

from flowengine.store.area import text

ALIASED = ("tag", "field", "deal_field")  # kinds of which conditions compare slugs; of others whoever is asked resolves

SHOW = text(f"""
    update account set settings = settings || jsonb_build_object(
        'vars', (
            select coalesce(jsonb_object_agg(known.name, known.value), '{{}}') from (
                select slug as name, value from constant where account_id = :account
                union all
                select a.alias, c.value
                from alias a join constant c on c.account_id = a.account_id and c.slug = a.target
                where a.account_id = :account and a.kind = 'constant'
            ) known),
        'aliases', (
            select coalesce(jsonb_object_agg(known.kind, known.pairs), '{{}}') from (
                select kind, jsonb_object_agg(alias, target) as pairs from alias
                where account_id = :account and kind in ({", ".join(f"'{kind}'" for kind in ALIASED)})
                group by kind
            ) known))
    where id = :account""")
