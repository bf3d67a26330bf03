-- Raised when a login's sessions shall end: a cookie of an older one opens nothing.
ALTER TABLE login ADD COLUMN session_epoch INTEGER DEFAULT 0 NOT NULL;

-- What a write was answered, by the key its client gave it.
CREATE TABLE answer (
    account_id UUID NOT NULL,
    member_id UUID NOT NULL,
    key TEXT NOT NULL,
    request_hash BYTEA NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT answer_pkey PRIMARY KEY (account_id, member_id, key)
);
CREATE INDEX answer_account_id_at_idx ON answer (account_id, at);

ALTER TABLE answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON answer USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON answer TO flowengine_app;

-- The sweep asks in all accounts at once whom the desk believes to be there; it is answered with ids alone.
CREATE INDEX member_present_idx ON member (account_id, id) WHERE presence <> 'offline';

CREATE FUNCTION find_present() RETURNS TABLE (account_id UUID, member_id UUID)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT m.account_id, m.id FROM public.member m WHERE m.presence <> 'offline'
$$;
REVOKE ALL ON FUNCTION find_present FROM public;
GRANT EXECUTE ON FUNCTION find_present TO flowengine_app;
