-- What routing tells of the inbound contacts of each source: of how many the wait is known, and how many no event speaks of.
select
    source_id,
    sum(contacts_routed)::bigint as contacts_routed,
    sum(contacts_wait_recorded)::bigint as contacts_wait_recorded,
    count(*) filter (is_routing_missing) as contacts_without_routing,
    count(*) filter (is_routing_missing and is_received) as contacts_received_without_routing
from scorecard.fct_contact
where direction = 'inbound' and not is_test
group by source_id
order by source_id
