-- One row per person and closed month whose result is another one than it was published with, and what may explain it.
-- A result is the same one while somebody objects: nothing of it changes before that is decided.
with

results as (

    select
        *,
        row(
            policy_version,
            if(state = 'provisional', 'assessed', state),
            if(state = 'not_assessed', reason, null),
            component_points,
            reward_points,
            complaint_points,
            error_points,
            fraud_points,
            team_points,
            clip_points,
            total,
            is_excellent,
            counted_complaints
        ) as told
    from {{ ref('int_assessment__result') }}
    where is_closed

),

sealed as (

    select
        *,
        row(
            policy_version,
            if(state = 'provisional', 'assessed', state),
            if(state = 'not_assessed', reason, null),
            component_points,
            reward_points,
            complaint_points,
            error_points,
            fraud_points,
            team_points,
            clip_points,
            total,
            is_excellent,
            counted_complaints
        ) as told
    from {{ ref('int_assessment__sealed') }}

),

lines as (

    select * from {{ ref('int_assessment__changed_line') }}

),

decisions as (

    select * from {{ ref('int_assessment__decision') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

publications as (

    select
        publication,
        cast(timezone((select settings.time_zone from settings), as_of) as date) as as_of_date
    from {{ ref('stg_publication') }}

),

pairs as (

    select
        results.person_kind,
        results.person_id,
        results.month_start,
        sealed.version_no,
        publications.as_of_date,
        (
            sealed.policy_version is distinct from results.policy_version
            or sealed.content_sha is distinct from results.content_sha
        ) as is_of_policy,
        coalesce(results.agent_days > sealed.agent_days, false) as has_more_days,
        (results.told is distinct from sealed.told) as is_other
    from results
    inner join sealed
        on
            results.person_kind = sealed.person_kind
            and results.person_id = sealed.person_id
            and results.month_start = sealed.month_start
    left join publications on sealed.publication = publications.publication

),

of_lines as (

    select
        pairs.person_kind,
        pairs.person_id,
        pairs.month_start,
        bool_or(lines.has_other_points) as has_other_points,
        bool_or(lines.is_appeal_granted) as is_appeal_granted,
        bool_or(lines.is_new and coalesce(lines.decided_date >= pairs.as_of_date, false)) as is_decided_late,
        bool_or(lines.is_of_incident) as is_of_incident,
        bool_or(lines.is_of_rules) as is_of_rules,
        bool_or(
            lines.has_more_cases or (lines.is_new and coalesce(lines.landing_day >= pairs.as_of_date, false))
        ) as is_late_data
    from pairs
    inner join lines
        on
            pairs.person_kind = lines.person_kind
            and pairs.person_id = lines.person_id
            and pairs.month_start = lines.month_start
    group by pairs.person_kind, pairs.person_id, pairs.month_start

),

of_decisions as (

    select
        pairs.person_kind,
        pairs.person_id,
        pairs.month_start,
        bool_or(decisions.reason = 'appeal_granted') as is_appeal_granted,
        bool_or(decisions.reason = 'decided_late') as is_decided_late
    from pairs
    inner join decisions
        on
            pairs.person_kind = decisions.person_kind
            and pairs.person_id = decisions.person_id
            and pairs.month_start = decisions.month_start
            and pairs.as_of_date <= decisions.decided_date
    group by pairs.person_kind, pairs.person_id, pairs.month_start

)

select
    pairs.person_kind,
    pairs.person_id,
    pairs.month_start,
    pairs.version_no + 1 as version_no,
    pairs.is_of_policy,
    coalesce(of_lines.is_appeal_granted, false) or coalesce(of_decisions.is_appeal_granted, false) as is_appeal_granted,
    coalesce(of_lines.is_decided_late, false) or coalesce(of_decisions.is_decided_late, false) as is_decided_late,
    coalesce(of_lines.is_of_incident, false) as is_of_incident,
    coalesce(of_lines.is_of_rules, false) as is_of_rules,
    coalesce(of_lines.is_late_data, false) or pairs.has_more_days as is_late_data
from pairs
left join of_lines
    on
        pairs.person_kind = of_lines.person_kind
        and pairs.person_id = of_lines.person_id
        and pairs.month_start = of_lines.month_start
left join of_decisions
    on
        pairs.person_kind = of_decisions.person_kind
        and pairs.person_id = of_decisions.person_id
        and pairs.month_start = of_decisions.month_start
where
    pairs.is_other
    or of_lines.has_other_points
