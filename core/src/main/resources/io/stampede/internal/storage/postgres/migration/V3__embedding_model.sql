-- How many numbers each model's vectors have, so that a storage can open while Ollama is away, and notices a model that has
-- changed under its name.
create table embedding_model (
    model      text primary key,
    dimensions integer     not null,
    learned_at timestamptz not null default clock_timestamp()
);

insert into embedding_model (model, dimensions)
select distinct on (model) model, dimensions
from conversation_embedding
group by model, dimensions
order by model, count(*) desc;
