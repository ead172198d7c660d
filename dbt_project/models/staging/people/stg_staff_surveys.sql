with

kept as (

    {{ kept('staff_surveys') }}

)

select
    source_id,
    team_id,
    surveyed_on,
    question,
    invited,
    respondents,
    score_sum,
    promoters,
    detractors,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
