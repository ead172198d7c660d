with

invitations as (

    select * from {{ ref('int_rating__invitation') }}

),

legs as (

    select * from {{ ref('int_kept__leg') }}

),

handlers as (

    select
        contact_key,
        agent_id,
        count(*) as handled_legs
    from legs
    where agent_id is not null
    group by contact_key, agent_id

)

select
    invitations.rating_id,
    handlers.agent_id,
    invitations.contact_key,
    handlers.agent_id = invitations.agent_id as is_owner,
    handlers.handled_legs
from invitations
inner join handlers on invitations.contact_key = handlers.contact_key
