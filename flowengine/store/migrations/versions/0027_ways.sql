-- The ways that runs took, digested from their turns so that results need not read these. What is not here is read.
CREATE TABLE run_way (
    account_id UUID NOT NULL,
    run_id UUID NOT NULL,
    flow_id UUID NOT NULL,
    version_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    turn INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    node TEXT,
    port TEXT,
    way TEXT NOT NULL,
    waited TEXT[] NOT NULL,
    left_by TEXT[] NOT NULL,
    seconds DOUBLE PRECISION[] NOT NULL,
    called UUID[] NOT NULL,
    unheard BOOLEAN NOT NULL,
    CONSTRAINT run_way_pkey PRIMARY KEY (account_id, run_id)
);
CREATE INDEX run_way_account_id_flow_id_started_at_idx ON run_way (account_id, flow_id, started_at) INCLUDE (status);
CREATE INDEX run_way_open_idx ON run_way (account_id, flow_id, started_at) WHERE status = 'open';
CREATE INDEX run_way_calling_idx ON run_way (account_id, started_at) WHERE called <> '{}';

ALTER TABLE run_way ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON run_way USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON run_way TO flowengine_app;
