-- How the draft of a flow stood, by time and person: one row a sitting, and those somebody has named.
CREATE TABLE flow_point (
    account_id UUID NOT NULL,
    flow_id UUID NOT NULL,
    revision INTEGER NOT NULL,
    document JSONB NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    saved_by UUID,
    begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
    saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT flow_point_pkey PRIMARY KEY (account_id, flow_id, revision),
    CONSTRAINT flow_point_account_id_flow_id_fkey FOREIGN KEY(account_id, flow_id) REFERENCES flow (account_id, id)
);

ALTER TABLE flow_point ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON flow_point USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON flow_point TO flowengine_app;
