-- Records set aside, by reason, each with an example and what to do.
select
    source_id,
    feed,
    field,
    check_name,
    count(*) as failed_checks,
    count(distinct (landing_day, file_name)) as files,
    max(landing_day) as last_landing_day,
    arg_max_null(value, (landing_day, file_name, record_number)) as example_value,
    arg_max(message, (landing_day, file_name, record_number)) as message,
    arg_max(remedy, (landing_day, file_name, record_number)) as remedy,
    arg_max_null(details, (landing_day, file_name, record_number)) as details
from scorecard.fct_quarantine
group by source_id, feed, field, check_name
order by failed_checks desc, source_id, feed, field, check_name
