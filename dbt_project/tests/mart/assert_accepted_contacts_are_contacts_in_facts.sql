-- As many contacts as were accepted and kept stand in the facts, source by source; the others there are contacts
-- whose header has not come, known from their events or messages.
with

accepted as (

    select
        source_id,
        sum(kept_rows) as contact_count
    from {{ ref('int_feed__reconciliation') }}
    where feed = 'contacts'
    group by source_id

),

facts as (

    select
        source_id,
        count(*) as contact_count
    from {{ ref('fct_contact') }}
    where not is_header_missing
    group by source_id

)

select
    coalesce(accepted.source_id, facts.source_id) as source_id,
    accepted.contact_count as accepted_contacts,
    facts.contact_count as contacts_in_facts
from accepted
full join facts
    on accepted.source_id = facts.source_id
where coalesce(accepted.contact_count, 0) != coalesce(facts.contact_count, 0)
