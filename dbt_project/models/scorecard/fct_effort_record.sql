select
    time_record_id,
    agent_id,
    worked_on,
    work_category,
    cause_kind,
    cause_code,
    plan_id,
    minutes,
    is_vital_few
from {{ ref('int_measure__effort_record') }}
