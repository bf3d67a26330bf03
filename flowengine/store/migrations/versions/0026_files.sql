-- Files of an account by their content; the bytes lie in the installation's folder of files.
CREATE TABLE file (
    account_id UUID NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    size BIGINT NOT NULL,
    made_by UUID,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT file_pkey PRIMARY KEY (account_id, sha256)
);

ALTER TABLE file ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON file USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON file TO flowengine_app;
