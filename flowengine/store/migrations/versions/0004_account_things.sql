CREATE TABLE alias (
    account_id UUID NOT NULL,
    kind TEXT NOT NULL,
    alias TEXT NOT NULL,
    target TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT alias_pkey PRIMARY KEY (account_id, kind, alias)
);
CREATE INDEX alias_account_id_kind_target_idx ON alias (account_id, kind, target);

CREATE TABLE template (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    channel_id UUID,
    language TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    header TEXT NOT NULL,
    body TEXT NOT NULL,
    footer TEXT NOT NULL,
    buttons JSONB NOT NULL,
    parameters JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT template_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT template_account_id_slug_key UNIQUE (account_id, slug),
    CONSTRAINT template_account_id_channel_id_fkey FOREIGN KEY(account_id, channel_id) REFERENCES channel (account_id, id),
    CONSTRAINT template_category_check CHECK (category in ('marketing', 'utility', 'authentication')),
    CONSTRAINT template_status_check CHECK (status in ('draft', 'pending', 'approved', 'paused', 'rejected'))
);

CREATE TABLE snippet (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    visible_to TEXT NOT NULL,
    team_id UUID,
    owner_id UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT snippet_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT snippet_account_id_slug_key UNIQUE (account_id, slug),
    CONSTRAINT snippet_account_id_team_id_fkey FOREIGN KEY(account_id, team_id) REFERENCES team (account_id, id),
    CONSTRAINT snippet_account_id_owner_id_fkey FOREIGN KEY(account_id, owner_id) REFERENCES member (account_id, id),
    CONSTRAINT snippet_visible_to_check CHECK (visible_to in ('me', 'team', 'everyone'))
);

CREATE TABLE pipeline (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pipeline_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT pipeline_account_id_slug_key UNIQUE (account_id, slug)
);

CREATE TABLE stage (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    pipeline_id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    probability INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT stage_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT stage_account_id_pipeline_id_slug_key UNIQUE (account_id, pipeline_id, slug),
    CONSTRAINT stage_account_id_pipeline_id_fkey FOREIGN KEY(account_id, pipeline_id) REFERENCES pipeline (account_id, id),
    CONSTRAINT stage_kind_check CHECK (kind in ('open', 'won', 'lost'))
);

CREATE TABLE constant (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    type TEXT NOT NULL,
    value JSONB NOT NULL,
    description TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT constant_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT constant_account_id_slug_key UNIQUE (account_id, slug),
    CONSTRAINT constant_type_check CHECK (type in ('text', 'number', 'yes_no', 'date', 'list'))
);

CREATE TABLE secret (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    description TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    rotated_at TIMESTAMP WITH TIME ZONE,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT secret_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT secret_account_id_slug_key UNIQUE (account_id, slug)
);

CREATE TABLE ai_endpoint (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    model TEXT NOT NULL,
    secret TEXT,
    max_tokens INTEGER NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT ai_endpoint_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT ai_endpoint_account_id_slug_key UNIQUE (account_id, slug)
);

CREATE TABLE reason (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT reason_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT reason_account_id_slug_key UNIQUE (account_id, slug),
    CONSTRAINT reason_kind_check CHECK (kind in ('resolved', 'lost', 'other'))
);

DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'ai_endpoint', 'alias', 'constant', 'pipeline', 'reason', 'secret', 'snippet', 'stage', 'template'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY of_its_account ON %I USING (account_id = current_setting(''app.account'')::uuid)', name
        );
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO flowengine_app', name);
    END LOOP;
END
$$;
