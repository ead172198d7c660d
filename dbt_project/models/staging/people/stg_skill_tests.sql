with

kept as (

    {{ kept('skill_tests') }}

)

select
    source_id,
    test_id,
    nullif(nullif(agent_id, 'NONE'), '') as agent_id,
    kind as test_kind,
    item,
    score,
    passed as is_passed,
    taken_on,
    landing_day,
    file_name,
    file_hash,
    record_number,
    line_number,
    row_in_record,
    is_time_ambiguous
from kept
