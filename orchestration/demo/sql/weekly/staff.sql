select
    agent_id, person_id, name, role, employment, fte::varchar as fte, segment, max_concurrent::varchar as max_concurrent,
    hired_on::varchar as hired_on,
    case when left_on <= getvariable('known_on')::date then left_on::varchar end as left_on,
    case when left_on <= getvariable('known_on')::date then leave_reason end as leave_reason,
    valid_from::varchar as valid_from,
    case when left_on <= getvariable('known_on')::date and number % 4 != 0 then left_on::varchar end as exit_interview_on,
    case when left_on <= getvariable('known_on')::date and number % 4 != 0 then if(number % 4 = 1, 'inside', 'outside') end
        as exit_interviewer,
    case when left_on <= getvariable('known_on')::date and number % 4 != 0
        then (['pay', 'career', 'pressure|hours', 'personal'])[number % 4 + 1] end as exit_reasons
from staff_version
where valid_from <= getvariable('known_on')::date
order by agent_id, valid_from
