-- One row per KPI group, agent, day and channel of the contact, and day of the leg: sums of the work on contacts.
with

legs as (

    select * from {{ ref('int_measure__leg') }}

),

shared_contacts as (

    select * from {{ ref('int_measure__shared_contact') }}

),

marked as (

    select
        legs.*,
        {{ squares_of('fct_contact_leg', in_team='once', of='legs.') }},
        shared_contacts.contact_key is not null as is_shared
    from legs
    left join shared_contacts
        on legs.contact_key = shared_contacts.contact_key

)

select
    kpi_group,
    agent_id,
    agent_date,
    channel,
    contact_date as scope_date,
    is_shared,
    {{ each_measure('sum({}) as {}', 'fct_contact_leg') }},
    {{ each_measure('sum({}) as {}', 'fct_contact_leg', 'once', squares=true) }}
from marked
group by kpi_group, agent_id, agent_date, channel, contact_date, is_shared
-- By date, so that whoever asks for some reads little of the others: a row is a hundred columns wide.
order by contact_date
