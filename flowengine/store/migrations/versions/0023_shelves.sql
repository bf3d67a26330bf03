-- Where a flow is found in the list: in at most one folder, under any tags. Neither is part of its document.
CREATE TABLE flow_folder (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT flow_folder_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT flow_folder_account_id_name_key UNIQUE (account_id, name)
);

ALTER TABLE flow_folder ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_its_account ON flow_folder USING (account_id = current_setting('app.account')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON flow_folder TO flowengine_app;

ALTER TABLE flow ADD COLUMN folder_id UUID;
ALTER TABLE flow ADD COLUMN tags JSONB DEFAULT '[]'::jsonb NOT NULL;
ALTER TABLE flow ADD CONSTRAINT flow_account_id_folder_id_fkey
    FOREIGN KEY(account_id, folder_id) REFERENCES flow_folder (account_id, id);
CREATE INDEX flow_account_id_folder_id_idx ON flow (account_id, folder_id) WHERE folder_id IS NOT NULL;

-- When a flow listens on a channel, and to what: what was bound before listens as it did.
ALTER TABLE binding ADD COLUMN hours TEXT DEFAULT 'always' NOT NULL;
ALTER TABLE binding ADD COLUMN any_message BOOLEAN DEFAULT true NOT NULL;
ALTER TABLE binding ADD COLUMN keywords JSONB DEFAULT '[]'::jsonb NOT NULL;
ALTER TABLE binding ADD CONSTRAINT binding_hours_check CHECK (hours in ('always', 'inside', 'outside'));
