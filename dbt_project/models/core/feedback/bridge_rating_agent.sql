with

invitations as (

    select
        rating_id,
        contact_key,
        contact_date,
        agent_id
    from {{ ref('int_rating__invitation') }}
    where {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}

),

-- An invitation has the date of its contact where its contact has legs.
legs as (

    select
        contact_key,
        agent_id
    from {{ ref('int_kept__leg') }}
    where
        agent_id is not null
        and {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}

),

handlers as (

    select
        contact_key,
        agent_id,
        count(*) as handled_legs
    from legs
    group by contact_key, agent_id

)

select
    invitations.rating_id,
    handlers.agent_id,
    invitations.contact_key,
    handlers.agent_id = invitations.agent_id as is_owner,
    handlers.handled_legs,
    invitations.contact_date
from invitations
inner join handlers on invitations.contact_key = handlers.contact_key
