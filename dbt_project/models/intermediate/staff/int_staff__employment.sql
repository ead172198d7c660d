with

versions as (

    select * from {{ ref('int_staff__version') }}

),

-- One spell per hire; its last version says whether and when it ended.
spells as (

    select
        agent_id,
        person_id,
        employed_from,
        left_on,
        leave_reason,
        exit_interviewer,
        exit_reasons
    from versions
    qualify row_number() over (partition by agent_id, employed_from order by valid_from desc) = 1

),

-- A hire date that was corrected later gives a second spell: the first one then ends where the second begins. (Asked
-- among the versions, the next one would often be of the same spell, which then ended where it began.)
bounded as (

    select
        agent_id,
        person_id,
        employed_from,
        left_on,
        leave_reason,
        exit_interviewer,
        exit_reasons,
        least(
            left_on,
            lead(employed_from) over (partition by agent_id order by employed_from),
            date '9999-12-31'
        ) as employed_to
    from spells

)

select
    spell.agent_id,
    spell.person_id,
    spell.employed_from,
    spell.employed_to,
    spell.leave_reason,
    spell.exit_interviewer,
    spell.exit_reasons,
    -- Going on under another agent id (or a new contract) from that very day is an internal move, no departure.
    spell.left_on is not null
    and spell.left_on = spell.employed_to
    and not exists (
        select 1
        from bounded as other
        where
            other.person_id = spell.person_id
            and other.employed_from <= spell.left_on
            and spell.left_on < other.employed_to
    ) as is_departure
from bounded as spell
where spell.employed_from < spell.employed_to
