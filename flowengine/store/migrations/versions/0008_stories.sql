CREATE TABLE flow_story (
    account_id UUID NOT NULL,
    flow_id UUID NOT NULL,
    document JSONB NOT NULL,
    revision INTEGER DEFAULT 1 NOT NULL,
    updated_by UUID,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT flow_story_pkey PRIMARY KEY (account_id, flow_id),
    CONSTRAINT flow_story_account_id_flow_id_fkey FOREIGN KEY(account_id, flow_id) REFERENCES flow (account_id, id)
);

ALTER TABLE flow_story ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON flow_story USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON flow_story TO flowengine_app;
