-- Every table of flowengine/store/tables, as it was first.

CREATE TABLE account (
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT DEFAULT 'pt-BR' NOT NULL,
    timezone TEXT DEFAULT 'America/Sao_Paulo' NOT NULL,
    settings JSONB DEFAULT '{}' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_slug_key UNIQUE (slug)
);

CREATE TABLE audit (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    member_id UUID,
    what TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT,
    where_done TEXT NOT NULL,
    data JSONB DEFAULT '{}' NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT audit_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX audit_account_id_at_idx ON audit (account_id, at);
CREATE INDEX audit_account_id_object_kind_object_id_idx ON audit (account_id, object_kind, object_id);

CREATE TABLE business_hours (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    timezone TEXT NOT NULL,
    week JSONB DEFAULT '{}' NOT NULL,
    holidays JSONB DEFAULT '[]' NOT NULL,
    is_account_default BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT business_hours_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT business_hours_account_id_slug_key UNIQUE (account_id, slug)
);
CREATE UNIQUE INDEX business_hours_account_default_idx ON business_hours (account_id) WHERE is_account_default;

CREATE TABLE channel_address (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    account_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    CONSTRAINT channel_address_pkey PRIMARY KEY (kind, key)
);

CREATE TABLE client_message (
    account_id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    client_id TEXT NOT NULL,
    message_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT client_message_pkey PRIMARY KEY (account_id, conversation_id, client_id)
);
CREATE INDEX client_message_account_id_at_idx ON client_message (account_id, at);

CREATE TABLE contact (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT,
    email TEXT,
    phone TEXT,
    language TEXT,
    timezone TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT contact_pkey PRIMARY KEY (account_id, id)
);

CREATE TABLE dead_letter (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    error TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT dead_letter_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX dead_letter_account_id_at_idx ON dead_letter (account_id, at);

CREATE TABLE flow (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    draft JSONB NOT NULL,
    draft_revision INTEGER DEFAULT 1 NOT NULL,
    draft_hash TEXT NOT NULL,
    draft_by UUID,
    live_version_id UUID,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    archived_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT flow_pkey PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX flow_key_idx ON flow (account_id, key) WHERE archived_at is null;

CREATE TABLE installation (
    id UUID NOT NULL,
    gate TEXT DEFAULT 'open' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT installation_pkey PRIMARY KEY (id),
    CONSTRAINT installation_gate_check CHECK (gate in ('open', 'held'))
);

CREATE TABLE intake (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    lane_id UUID NOT NULL,
    arrival BIGINT GENERATED ALWAYS AS IDENTITY,
    priority SMALLINT DEFAULT 0 NOT NULL,
    kind TEXT NOT NULL,
    event JSONB NOT NULL,
    channel_id UUID,
    identity_id UUID,
    generation SMALLINT DEFAULT 0 NOT NULL,
    attempts SMALLINT DEFAULT 0 NOT NULL,
    unheard BOOLEAN DEFAULT false NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT intake_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX intake_account_id_lane_id_priority_arrival_idx ON intake (account_id, lane_id, priority, arrival);
CREATE INDEX intake_unheard_idx ON intake (account_id, lane_id) WHERE unheard;

CREATE TABLE lane (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    priority SMALLINT DEFAULT 0 NOT NULL,
    CONSTRAINT lane_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX lane_due_idx ON lane (account_id, priority, due_at) WHERE due_at is not null;

CREATE TABLE live_event (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    position BIGINT,
    kind TEXT NOT NULL,
    ref JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT live_event_pkey PRIMARY KEY (account_id, id)
)
 PARTITION BY RANGE (id);
CREATE TABLE live_event_default PARTITION OF live_event DEFAULT;
CREATE INDEX live_event_account_id_position_idx ON live_event (account_id, position);
CREATE INDEX live_event_unnumbered_idx ON live_event (account_id, id) WHERE position is null;

CREATE TABLE login (
    id UUID NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT DEFAULT 'pt-BR' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT login_pkey PRIMARY KEY (id),
    CONSTRAINT login_email_key UNIQUE (email),
    CONSTRAINT login_email_check CHECK (email = lower(email))
);

CREATE TABLE login_account (
    login_id UUID NOT NULL,
    account_id UUID NOT NULL,
    member_id UUID NOT NULL,
    CONSTRAINT login_account_pkey PRIMARY KEY (login_id, account_id)
);

CREATE TABLE member (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    login_id UUID,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    presence TEXT DEFAULT 'offline' NOT NULL,
    capacity INTEGER DEFAULT 5 NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    removed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT member_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT member_account_id_login_id_key UNIQUE (account_id, login_id),
    CONSTRAINT member_role_check CHECK (role in ('administrator', 'supervisor', 'agent', 'restricted', 'builder', 'viewer')),
    CONSTRAINT member_presence_check CHECK (presence in ('online', 'away', 'offline'))
);

CREATE TABLE message (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    identity_id UUID NOT NULL,
    direction TEXT NOT NULL,
    author TEXT NOT NULL,
    member_id UUID,
    body JSONB NOT NULL,
    provider_id TEXT,
    client_id TEXT,
    in_reply_to TEXT,
    status TEXT NOT NULL,
    error TEXT,
    number BIGINT,
    effect_id TEXT,
    run_id UUID,
    node TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    status_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT message_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT message_direction_check CHECK (direction in ('in', 'out')),
    CONSTRAINT message_author_check CHECK (author in ('contact', 'bot', 'agent')),
    CONSTRAINT message_status_check CHECK (status in ('received', 'queued', 'sent', 'delivered', 'read', 'failed', 'cancelled'))
)
 PARTITION BY RANGE (id);
CREATE TABLE message_default PARTITION OF message DEFAULT;
CREATE INDEX message_account_id_conversation_id_id_idx ON message (account_id, conversation_id, id);
CREATE INDEX message_provider_idx ON message (account_id, channel_id, provider_id) WHERE provider_id is not null;

CREATE TABLE outbox (
    account_id UUID NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    lane_id UUID,
    run_id UUID,
    contact_id UUID,
    channel_id UUID,
    conversation_id UUID,
    number BIGINT,
    payload JSONB NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    lease_token UUID,
    lease_until TIMESTAMP WITH TIME ZONE,
    attempts INTEGER DEFAULT 0 NOT NULL,
    deadline TIMESTAMP WITH TIME ZONE,
    owner_epoch INTEGER,
    last_error TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT outbox_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX outbox_conversation_idx ON outbox (account_id, conversation_id) WHERE conversation_id is not null;
CREATE INDEX outbox_line_idx ON outbox (account_id, channel_id, contact_id, number) WHERE number is not null;
CREATE INDEX outbox_order_idx ON outbox (account_id, due_at) WHERE kind <> 'timer';
CREATE INDEX outbox_run_idx ON outbox (account_id, run_id) WHERE run_id is not null;
CREATE INDEX outbox_timer_idx ON outbox (account_id, due_at) WHERE kind = 'timer';

CREATE TABLE outgoing (
    account_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    message_id UUID NOT NULL,
    identity_id UUID NOT NULL,
    number BIGINT NOT NULL,
    position BIGINT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT outgoing_pkey PRIMARY KEY (account_id, channel_id, message_id)
);
CREATE INDEX outgoing_account_id_at_idx ON outgoing (account_id, at);
CREATE INDEX outgoing_account_id_channel_id_identity_id_position_idx ON outgoing (account_id, channel_id, identity_id, position);
CREATE UNIQUE INDEX outgoing_position_idx ON outgoing (account_id, channel_id, position) WHERE position is not null;
CREATE INDEX outgoing_unnumbered_idx ON outgoing (account_id, channel_id, identity_id) WHERE position is null;

CREATE TABLE run (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    flow_id UUID NOT NULL,
    version_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    conversation_id UUID,
    entry_key TEXT DEFAULT '' NOT NULL,
    state JSONB NOT NULL,
    state_version SMALLINT DEFAULT 1 NOT NULL,
    turn INTEGER DEFAULT 0 NOT NULL,
    status TEXT DEFAULT 'open' NOT NULL,
    reason TEXT,
    error JSONB,
    started_event_id UUID,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT run_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT run_status_check CHECK (status in ('open', 'completed', 'failed', 'ended'))
);
CREATE INDEX run_account_id_conversation_id_idx ON run (account_id, conversation_id);
CREATE INDEX run_account_id_flow_id_started_at_idx ON run (account_id, flow_id, started_at);
CREATE UNIQUE INDEX run_open_idx ON run (account_id, contact_id, flow_id, entry_key) WHERE status = 'open';

CREATE TABLE seen (
    account_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    provider_id TEXT NOT NULL,
    event_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT seen_pkey PRIMARY KEY (account_id, channel_id, provider_id)
);
CREATE INDEX seen_account_id_at_idx ON seen (account_id, at);

CREATE TABLE stream (
    account_id UUID NOT NULL,
    key TEXT NOT NULL,
    last BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT stream_pkey PRIMARY KEY (account_id, key)
);

CREATE TABLE turn (
    account_id UUID NOT NULL,
    run_id UUID NOT NULL,
    number INTEGER NOT NULL,
    event JSONB NOT NULL,
    read JSONB NOT NULL,
    trace JSONB NOT NULL,
    effects JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT turn_pkey PRIMARY KEY (account_id, run_id, number)
)
 PARTITION BY RANGE (run_id);
CREATE TABLE turn_default PARTITION OF turn DEFAULT;

CREATE TABLE contact_identity (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    contact_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT,
    out_number BIGINT DEFAULT 0 NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT contact_identity_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT contact_identity_account_id_channel_id_external_id_key UNIQUE (account_id, channel_id, external_id),
    CONSTRAINT contact_identity_account_id_contact_id_fkey FOREIGN KEY(account_id, contact_id) REFERENCES contact (account_id, id)
);
CREATE INDEX contact_identity_account_id_contact_id_idx ON contact_identity (account_id, contact_id);

CREATE TABLE flow_version (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    flow_id UUID NOT NULL,
    number INTEGER NOT NULL,
    document JSONB NOT NULL,
    hash TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    published_by UUID,
    published_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT flow_version_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT flow_version_account_id_flow_id_number_key UNIQUE (account_id, flow_id, number),
    CONSTRAINT flow_version_account_id_flow_id_fkey FOREIGN KEY(account_id, flow_id) REFERENCES flow (account_id, id)
);

CREATE TABLE team (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    access TEXT DEFAULT 'team' NOT NULL,
    hours_id UUID,
    texts JSONB DEFAULT '{}' NOT NULL,
    distribution TEXT DEFAULT 'by_hand' NOT NULL,
    is_default BOOLEAN DEFAULT false NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    archived_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT team_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT team_account_id_slug_key UNIQUE (account_id, slug),
    CONSTRAINT team_account_id_hours_id_fkey FOREIGN KEY(account_id, hours_id) REFERENCES business_hours (account_id, id),
    CONSTRAINT team_access_check CHECK (access in ('everyone', 'team', 'agent')),
    CONSTRAINT team_distribution_check CHECK (distribution in ('by_hand'))
);
CREATE UNIQUE INDEX team_default_idx ON team (account_id) WHERE is_default;

CREATE TABLE channel (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    config JSONB DEFAULT '{}' NOT NULL,
    token_hash BYTEA,
    callback_url TEXT,
    callback_secret BYTEA,
    team_id UUID NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    archived_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT channel_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT channel_account_id_key_key UNIQUE (account_id, key),
    CONSTRAINT channel_account_id_team_id_fkey FOREIGN KEY(account_id, team_id) REFERENCES team (account_id, id),
    CONSTRAINT channel_kind_check CHECK (kind in ('webchat', 'http'))
);

CREATE TABLE team_member (
    account_id UUID NOT NULL,
    team_id UUID NOT NULL,
    member_id UUID NOT NULL,
    agent BOOLEAN DEFAULT true NOT NULL,
    supervisor BOOLEAN DEFAULT false NOT NULL,
    CONSTRAINT team_member_pkey PRIMARY KEY (account_id, team_id, member_id),
    CONSTRAINT team_member_account_id_team_id_fkey FOREIGN KEY(account_id, team_id) REFERENCES team (account_id, id),
    CONSTRAINT team_member_account_id_member_id_fkey FOREIGN KEY(account_id, member_id) REFERENCES member (account_id, id)
);
CREATE INDEX team_member_account_id_member_id_idx ON team_member (account_id, member_id);

CREATE TABLE binding (
    account_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    flow_id UUID NOT NULL,
    position INTEGER DEFAULT 0 NOT NULL,
    CONSTRAINT binding_pkey PRIMARY KEY (account_id, channel_id, flow_id),
    CONSTRAINT binding_account_id_channel_id_fkey FOREIGN KEY(account_id, channel_id) REFERENCES channel (account_id, id),
    CONSTRAINT binding_account_id_flow_id_fkey FOREIGN KEY(account_id, flow_id) REFERENCES flow (account_id, id)
);
CREATE INDEX binding_account_id_flow_id_idx ON binding (account_id, flow_id);

CREATE TABLE conversation (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    contact_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    identity_id UUID NOT NULL,
    state TEXT NOT NULL,
    team_id UUID NOT NULL,
    owner_id UUID,
    version INTEGER DEFAULT 1 NOT NULL,
    owner_epoch INTEGER DEFAULT 0 NOT NULL,
    floor_run_id UUID,
    handoff JSONB,
    closing JSONB,
    priority TEXT DEFAULT 'normal' NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    queued_at TIMESTAMP WITH TIME ZONE,
    taken_at TIMESTAMP WITH TIME ZONE,
    finished_at TIMESTAMP WITH TIME ZONE,
    finished_by UUID,
    finish_reason TEXT,
    last_message_at TIMESTAMP WITH TIME ZONE,
    last_message JSONB,
    last_inbound_at TIMESTAMP WITH TIME ZONE,
    unread INTEGER DEFAULT 0 NOT NULL,
    waiting_since TIMESTAMP WITH TIME ZONE,
    transferred JSONB,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT conversation_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT conversation_account_id_contact_id_fkey FOREIGN KEY(account_id, contact_id) REFERENCES contact (account_id, id),
    CONSTRAINT conversation_account_id_channel_id_fkey FOREIGN KEY(account_id, channel_id) REFERENCES channel (account_id, id),
    CONSTRAINT conversation_account_id_team_id_fkey FOREIGN KEY(account_id, team_id) REFERENCES team (account_id, id),
    CONSTRAINT conversation_state_check CHECK (state in ('bot', 'queued', 'open', 'pending', 'finished')),
    CONSTRAINT conversation_priority_check CHECK (priority in ('normal', 'high'))
);
CREATE INDEX conversation_account_id_contact_id_opened_at_idx ON conversation (account_id, contact_id, opened_at);
CREATE INDEX conversation_account_id_state_updated_at_id_idx ON conversation (account_id, state, updated_at, id);
CREATE INDEX conversation_owner_idx ON conversation (account_id, owner_id, state) WHERE owner_id is not null;
CREATE UNIQUE INDEX conversation_unfinished_idx ON conversation (account_id, contact_id, channel_id) WHERE state <> 'finished';

CREATE TABLE conversation_event (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    what TEXT NOT NULL,
    member_id UUID,
    where_done TEXT NOT NULL,
    data JSONB DEFAULT '{}' NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT conversation_event_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT conversation_event_account_id_conversation_id_fkey FOREIGN KEY(account_id, conversation_id) REFERENCES conversation (account_id, id),
    CONSTRAINT conversation_event_where_done_check CHECK (where_done in ('flow', 'inbox', 'list', 'api', 'channel', 'distribution', 'overflow', 'time'))
);
CREATE INDEX conversation_event_account_id_conversation_id_id_idx ON conversation_event (account_id, conversation_id, id);

CREATE TABLE note (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    conversation_id UUID NOT NULL,
    member_id UUID,
    text TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT note_pkey PRIMARY KEY (account_id, id),
    CONSTRAINT note_account_id_conversation_id_fkey FOREIGN KEY(account_id, conversation_id) REFERENCES conversation (account_id, id)
);
CREATE INDEX note_account_id_conversation_id_id_idx ON note (account_id, conversation_id, id);

