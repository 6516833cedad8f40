-- Checking the foreign key of each job took longer than writing the conversation itself. What it promised stays true
-- without it: a job is only written in the transaction that writes its conversation, and goes when that goes.
alter table embedding_job drop constraint embedding_job_conversation_id_fkey;

create function stampede_forget_jobs() returns trigger language plpgsql as $$
begin
    if TG_OP = 'TRUNCATE' then
        truncate embedding_job;
    else
        delete from embedding_job where conversation_id in (select id from gone);
    end if;
    return null;
end
$$;

do $$
begin
    -- Whoever deletes may look for tables elsewhere; a foreign key would not have cared.
    execute format('alter function stampede_forget_jobs() set search_path = %I, pg_temp', current_schema());
end
$$;

create trigger stampede_forget_jobs after delete on conversation
    referencing old table as gone
    for each statement execute function stampede_forget_jobs();

create trigger stampede_forget_all_jobs after truncate on conversation
    for each statement execute function stampede_forget_jobs();
