-- Nothing lost: what was read is accepted, set aside with a reason, a duplicate, or ignored on purpose.
select
    source_id,
    count(*) as files,
    sum(records_read)::bigint as records_read,
    sum(records_accepted)::bigint as records_accepted,
    sum(records_quarantined)::bigint as records_quarantined,
    sum(records_duplicate)::bigint as records_duplicate,
    sum(records_ignored)::bigint as records_ignored,
    sum(records_read) = sum(records_accepted + records_quarantined + records_duplicate + records_ignored) as is_balanced
from scorecard.fct_file
where state = 'taken'
group by source_id
order by source_id
