-- Drafts tried on real channels: a code that is good for a while. Its runs are those of a flow that no list shows.
ALTER TABLE flow ADD COLUMN test_of UUID;
ALTER TABLE flow ADD CONSTRAINT flow_account_id_test_of_fkey
    FOREIGN KEY(account_id, test_of) REFERENCES flow (account_id, id);
CREATE UNIQUE INDEX flow_test_of_idx ON flow (account_id, test_of) WHERE test_of IS NOT NULL;

CREATE TABLE flow_test (
    account_id UUID NOT NULL,
    flow_id UUID NOT NULL,
    code TEXT NOT NULL,
    shadow_id UUID NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by UUID,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT flow_test_pkey PRIMARY KEY (account_id, flow_id),
    CONSTRAINT flow_test_account_id_code_key UNIQUE (account_id, code),
    CONSTRAINT flow_test_account_id_flow_id_fkey FOREIGN KEY(account_id, flow_id) REFERENCES flow (account_id, id),
    CONSTRAINT flow_test_account_id_shadow_id_fkey FOREIGN KEY(account_id, shadow_id) REFERENCES flow (account_id, id)
);

ALTER TABLE flow_test ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON flow_test USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON flow_test TO flowengine_app;
