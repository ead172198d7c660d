with

tags as (

    select * from {{ ref('stg_contact_tags') }}

),

contacts as (

    select * from {{ ref('int_kept__contact') }}

),

-- Nearly every leg connects on its contact's own date: the others alone have to be looked for.
legs as (

    select
        leg_key,
        agent_date
    from {{ ref('int_kept__leg') }}
    where agent_date != contact_date

),

repeats as (

    select contact_key from {{ ref('int_customer__repeat') }}

),

-- Whoever sent a contact on first told why; the parts of the transfer rate are those of that transfer too.
senders as (

    select
        contact_key,
        agent_id,
        agent_date
    from {{ ref('fct_contact_leg') }}
    where contacts_transferred > 0
    qualify row_number() over (partition by contact_key order by leg_number) = 1

),

-- As subqueries below: as columns of a join they would be looked up for each row, at ten times the cost.
since as (

    select tags_from from {{ ref('int_topic__since') }}

),

covered as (

    select as_of from {{ ref('int_as_of') }}

),

told as (

    select tags.*
    from tags
    where tags.tagged_at <= (select covered.as_of from covered)

),

-- Nearly every contact has one tag only: putting them all in order would cost a third of what this model does. Contacts
-- that share a hash do no harm here.
of_several as (

    select hash(contact_key) as contact_hash
    from told
    group by hash(contact_key)
    having count(*) > 1

),

-- Whether a contact could have been avoided is said once of it: by the tag that was set last.
judged as (

    select
        told.*,
        told.tag in ('avoidable', 'not_avoidable') as is_judgement,
        true as is_first_of_tag
    from told
    anti join of_several on hash(told.contact_key) = of_several.contact_hash
    union all
    select
        told.*,
        row_number() over (
            partition by told.contact_key, told.tag in ('avoidable', 'not_avoidable')
            order by told.tagged_at desc, told.tag asc, told.detail asc
        ) = 1
        and told.tag in ('avoidable', 'not_avoidable') as is_judgement,
        row_number() over (
            partition by told.contact_key, told.tag
            order by told.tagged_at asc, told.detail asc
        ) = 1 as is_first_of_tag
    from told
    semi join of_several on hash(told.contact_key) = of_several.contact_hash

)

-- (Were the cause of a transfer a condition of the join, DuckDB would compare each tag with each sender.)
-- Tags of contacts that nobody handled, of tests, and of contacts that nobody knows have nothing to count.
select
    judged.contact_key,
    concat_ws('/', judged.contact_key, judged.tag, judged.detail) as tag_id,
    judged.source_id,
    judged.landing_day,
    judged.file_name,
    judged.record_number,
    judged.line_number,
    if(senders.contact_key is null, contacts.owner_agent_id, senders.agent_id) as agent_id,
    contacts.contact_date,
    coalesce(senders.agent_date, legs.agent_date, contacts.contact_date) as agent_date,
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
    ) as contacts_avoidable,
    cast(
        judged.is_first_of_tag and judged.tag = 'history_checked' and repeats.contact_key is not null as bigint
    ) as repeats_history_checked,
    cast(
        judged.is_first_of_tag
        and senders.contact_key is not null
        and coalesce(contacts.contact_date >= (select since.tags_from from since), false) as bigint
    ) as transfers_with_cause
from judged
left join contacts on judged.contact_key = contacts.contact_key
left join legs on contacts.owner_leg_key = legs.leg_key
left join repeats on judged.contact_key = repeats.contact_key
left join senders on if(judged.tag = 'transfer_cause', judged.contact_key, null) = senders.contact_key
