with

tags as (

    select * from {{ ref('stg_contact_tags') }}

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

legs as (

    select
        leg_key,
        agent_date
    from {{ ref('int_kept__leg') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

-- Whether a contact could have been avoided is said once of it: by the tag that was set last.
judged as (

    select
        tags.*,
        row_number() over (
            partition by tags.contact_key, tags.tag in ('avoidable', 'not_avoidable')
            order by tags.tagged_at desc, tags.tag asc, tags.detail asc
        ) = 1
        and tags.tag in ('avoidable', 'not_avoidable') as is_judgement
    from tags
    cross join covered
    where tags.tagged_at <= covered.as_of

)

-- Tags of contacts that nobody handled, of tests, and of contacts that nobody knows have nothing to count.
select
    judged.contact_key,
    concat_ws('/', judged.contact_key, judged.tag, judged.detail) as tag_id,
    judged.source_id,
    judged.landing_day,
    judged.file_name,
    judged.record_number,
    judged.line_number,
    contacts.owner_agent_id as agent_id,
    contacts.contact_date,
    coalesce(legs.agent_date, contacts.contact_date) as agent_date,
    contacts.channel,
    contacts.queue_id,
    judged.tag,
    judged.detail,
    cast(
        judged.is_judgement and coalesce(contacts.is_handled and not contacts.is_test, false) as bigint
    ) as contacts_avoidability_judged,
    cast(
        judged.is_judgement
        and judged.tag = 'avoidable'
        and coalesce(contacts.is_handled and not contacts.is_test, false) as bigint
    ) as contacts_avoidable
from judged
left join contacts on judged.contact_key = contacts.contact_key
left join legs on contacts.owner_leg_key = legs.leg_key
