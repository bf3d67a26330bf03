ALTER TABLE secret ADD COLUMN expires_on DATE;
ALTER TABLE secret ADD COLUMN refused_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE secret ADD COLUMN refused_by TEXT;
ALTER TABLE contact ADD COLUMN erased_at TIMESTAMP WITH TIME ZONE;

CREATE TABLE erasure (
    account_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    member_id UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT erasure_pkey PRIMARY KEY (account_id, contact_id)
);

ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON erasure USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT ON erasure TO flowengine_app;  -- what was erased stays known as erased

-- What was recorded cannot be changed by the application, but for what it says of a person who was erased.
CREATE FUNCTION erase_audit(contact UUID) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH blank AS (
        UPDATE public.audit a SET data = '{}'
        WHERE a.account_id = current_setting('app.account')::uuid AND a.data <> '{}'
          AND (a.object_kind = 'contact' AND a.object_id = contact::text
               OR a.object_kind = 'conversation' AND a.object_id IN (
                   SELECT c.id::text FROM public.conversation c
                   WHERE c.account_id = current_setting('app.account')::uuid AND c.contact_id = contact))
        RETURNING 1)
    SELECT count(*) FROM blank
$$;

REVOKE ALL ON FUNCTION erase_audit FROM public;
GRANT EXECUTE ON FUNCTION erase_audit TO flowengine_app;
