-- Documents name people by a slug: made from the name, with a number where two are called alike.
ALTER TABLE member ADD COLUMN slug TEXT;
DO $$
DECLARE
    person RECORD;
    wanted TEXT;
    free TEXT;
    number INTEGER;
BEGIN
    FOR person IN SELECT account_id, id, name FROM member ORDER BY account_id, created_at, id LOOP
        wanted := lower(regexp_replace(normalize(person.name, NFKD), '[^\x01-\x7F]', '', 'g'));
        wanted := trim(BOTH '-' FROM left(trim(BOTH '-' FROM regexp_replace(wanted, '[^a-z0-9]+', '-', 'g')), 60));
        wanted := coalesce(nullif(wanted, ''), 'x');
        free := wanted;
        number := 1;
        WHILE EXISTS (SELECT FROM member m WHERE m.account_id = person.account_id AND m.slug = free) LOOP
            number := number + 1;
            free := wanted || '-' || number;
        END LOOP;
        UPDATE member SET slug = free WHERE account_id = person.account_id AND id = person.id;
    END LOOP;
END
$$;
ALTER TABLE member ALTER COLUMN slug SET NOT NULL;
ALTER TABLE member ADD CONSTRAINT member_account_id_slug_key UNIQUE (account_id, slug);

ALTER TABLE contact ADD COLUMN score INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE contact ADD COLUMN owner_id UUID;
ALTER TABLE contact ADD COLUMN owner_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE contact ADD CONSTRAINT contact_account_id_owner_id_fkey
    FOREIGN KEY (account_id, owner_id) REFERENCES member (account_id, id);
CREATE INDEX contact_owner_idx ON contact (account_id, owner_id, owner_at) WHERE owner_id is not null;

-- Who had a conversation with a contact last.
CREATE INDEX conversation_agent_idx ON conversation (account_id, contact_id, taken_at desc nulls last)
    WHERE owner_id is not null;

-- Every event that a version's document names: who listens to a fact is found without reading documents.
ALTER TABLE flow_version ADD COLUMN events JSONB
    GENERATED ALWAYS AS (jsonb_path_query_array(document, '$.**.event')) STORED NOT NULL;

CREATE TABLE tag (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT tag_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT tag_account_id_slug_key UNIQUE (account_id, slug)
);

CREATE TABLE contact_tag (
    account_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT contact_tag_pkey PRIMARY KEY (account_id, contact_id, tag_id),
    CONSTRAINT contact_tag_account_id_contact_id_fkey FOREIGN KEY(account_id, contact_id) REFERENCES contact (account_id, id),
    CONSTRAINT contact_tag_account_id_tag_id_fkey FOREIGN KEY(account_id, tag_id) REFERENCES tag (account_id, id)
);
CREATE INDEX contact_tag_account_id_tag_id_contact_id_idx ON contact_tag (account_id, tag_id, contact_id);

CREATE TABLE conversation_tag (
    account_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    tag_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT conversation_tag_pkey PRIMARY KEY (account_id, conversation_id, tag_id),
    CONSTRAINT conversation_tag_account_id_conversation_id_fkey FOREIGN KEY(account_id, conversation_id) REFERENCES conversation (account_id, id),
    CONSTRAINT conversation_tag_account_id_tag_id_fkey FOREIGN KEY(account_id, tag_id) REFERENCES tag (account_id, id)
);
CREATE INDEX conversation_tag_account_id_tag_id_conversation_id_idx ON conversation_tag (account_id, tag_id, conversation_id);

CREATE TABLE field (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    "of" TEXT NOT NULL,
    type TEXT NOT NULL,
    choices JSONB DEFAULT '[]' NOT NULL,
    required BOOLEAN DEFAULT false NOT NULL,
    is_unique BOOLEAN DEFAULT false NOT NULL,
    in_form BOOLEAN DEFAULT true NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT field_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT field_account_id_of_slug_key UNIQUE (account_id, "of", slug),
    CONSTRAINT field_of_check CHECK (of in ('contact', 'deal')),
    CONSTRAINT field_type_check CHECK (type in ('text', 'long_text', 'number', 'integer', 'money', 'date', 'date_time', 'time', 'yes_no', 'choice', 'choices', 'user', 'url'))
);

CREATE TABLE contact_field (
    account_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    field_id UUID NOT NULL,
    as_text TEXT,
    as_number NUMERIC,
    as_date DATE,
    as_moment TIMESTAMP WITH TIME ZONE,
    as_yes_no BOOLEAN,
    as_list JSONB,
    unique_key TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT contact_field_pkey PRIMARY KEY (account_id, contact_id, field_id),
    CONSTRAINT contact_field_account_id_contact_id_fkey FOREIGN KEY(account_id, contact_id) REFERENCES contact (account_id, id),
    CONSTRAINT contact_field_account_id_field_id_fkey FOREIGN KEY(account_id, field_id) REFERENCES field (account_id, id)
);
CREATE INDEX contact_field_account_id_field_id_contact_id_idx ON contact_field (account_id, field_id, contact_id);
CREATE UNIQUE INDEX contact_field_unique_idx ON contact_field (account_id, field_id, unique_key) WHERE unique_key is not null;

CREATE TABLE consent (
    account_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    channel_kind TEXT NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    member_id UUID,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT consent_pkey PRIMARY KEY (account_id, contact_id, channel_kind),
    CONSTRAINT consent_account_id_contact_id_fkey FOREIGN KEY(account_id, contact_id) REFERENCES contact (account_id, id),
    CONSTRAINT consent_state_check CHECK (state in ('in', 'out'))
);

CREATE TABLE contact_note (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    contact_id UUID NOT NULL,
    member_id UUID,
    text TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT contact_note_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT contact_note_account_id_contact_id_fkey FOREIGN KEY(account_id, contact_id) REFERENCES contact (account_id, id)
);
CREATE INDEX contact_note_account_id_contact_id_id_idx ON contact_note (account_id, contact_id, id);

CREATE TABLE happened (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    lane_id UUID NOT NULL,
    name TEXT NOT NULL,
    data JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT happened_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX happened_account_id_at_idx ON happened (account_id, at);
CREATE INDEX happened_account_id_lane_id_name_at_idx ON happened (account_id, lane_id, name, at);

CREATE TABLE segment (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    definition JSONB NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT segment_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT segment_account_id_slug_key UNIQUE (account_id, slug)
);

CREATE TABLE portfolio (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    owner_id UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT portfolio_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT portfolio_account_id_slug_key UNIQUE (account_id, slug),
    CONSTRAINT portfolio_account_id_owner_id_fkey FOREIGN KEY(account_id, owner_id) REFERENCES member (account_id, id),
    CONSTRAINT portfolio_kind_check CHECK (kind in ('one', 'several'))
);

CREATE TABLE portfolio_team (
    account_id UUID NOT NULL,
    portfolio_id UUID NOT NULL,
    team_id UUID NOT NULL,
    CONSTRAINT portfolio_team_pkey PRIMARY KEY (account_id, portfolio_id, team_id),
    CONSTRAINT portfolio_team_account_id_portfolio_id_fkey FOREIGN KEY(account_id, portfolio_id) REFERENCES portfolio (account_id, id),
    CONSTRAINT portfolio_team_account_id_team_id_fkey FOREIGN KEY(account_id, team_id) REFERENCES team (account_id, id)
);

CREATE TABLE portfolio_contact (
    account_id UUID NOT NULL,
    portfolio_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT portfolio_contact_pkey PRIMARY KEY (account_id, portfolio_id, contact_id),
    CONSTRAINT portfolio_contact_account_id_portfolio_id_fkey FOREIGN KEY(account_id, portfolio_id) REFERENCES portfolio (account_id, id),
    CONSTRAINT portfolio_contact_account_id_contact_id_fkey FOREIGN KEY(account_id, contact_id) REFERENCES contact (account_id, id)
);
CREATE INDEX portfolio_contact_account_id_contact_id_idx ON portfolio_contact (account_id, contact_id);

DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'consent', 'contact_field', 'contact_note', 'contact_tag', 'conversation_tag', 'field', 'happened', 'portfolio',
        'portfolio_contact', 'portfolio_team', 'segment', 'tag'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY of_its_account ON %I USING (account_id = current_setting(''app.account'')::uuid)', name
        );
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO flowengine_app', name);
    END LOOP;
END
$$;
