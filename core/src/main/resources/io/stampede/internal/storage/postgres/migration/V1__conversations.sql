-- Conversations as they were accepted.
create table conversation (
    id          uuid primary key,
    user_id     text        not null,
    channel     text        not null,
    transcript  text        not null,
    summary     text        not null,
    -- json and not jsonb: it comes back exactly as it was given. Cast it where an operator of jsonb is wanted.
    metadata    json        not null,
    accepted_at timestamptz not null
);

create index conversation_by_user on conversation (user_id, accepted_at desc, id desc);

-- The outbox: one row for each conversation whose embedding is still to be made. Written in the transaction that
-- stores the conversation, deleted in the one that stores the embedding.
create table embedding_job (
    conversation_id uuid primary key references conversation on delete cascade,
    created_at      timestamptz not null default clock_timestamp(),
    -- When it may be claimed. A claim moves it into the future: that is the lease.
    available_at    timestamptz not null default clock_timestamp(),
    lease           uuid,
    attempts        integer     not null default 0,
    error           text,
    -- Set when no attempt is left; the row stays, with its error, until somebody looks at it.
    parked_at       timestamptz
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create index embedding_job_waiting on embedding_job (available_at) where parked_at is null;

-- Embeddings stand apart, so that adding one does not rewrite the conversation's row. With pgvector the column is a
-- vector of any length (the index is made for the length in use when a storage opens), without it an array.
do $$
begin
    begin
        if exists (select from pg_available_extensions where name = 'vector') then
            create extension if not exists vector;
        end if;
    exception when insufficient_privilege then
        raise notice 'pgvector is available and may not be created by this user: embeddings are stored as real[]';
    end;

    if exists (select from pg_extension where extname = 'vector') then
        create table conversation_embedding (
            conversation_id uuid primary key references conversation on delete cascade,
            model           text    not null,
            dimensions      integer not null,
            embedding       vector  not null
        );
    else
        create table conversation_embedding (
            conversation_id uuid primary key references conversation on delete cascade,
            model           text    not null,
            dimensions      integer not null,
            embedding       real[]  not null
        );
    end if;
end
$$;
