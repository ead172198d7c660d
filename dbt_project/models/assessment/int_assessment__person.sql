-- One row per month and person who is assessed, or would be if a policy held for him, with the rules that hold.
with

persons as (

    select * from {{ ref('int_assessment__candidate') }}

),

matches as (

    select
        person_kind,
        person_id,
        month_start,
        min(version) as policy_version
    from {{ ref('int_assessment__version_match') }}
    group by person_kind, person_id, month_start

),

versions as (

    select * from {{ ref('stg_policy_versions') }}
    where section = 'assessment'

),

rules as (

    select * from {{ ref('stg_policy_assessments') }}

)

select
    persons.* exclude (is_usual_kind),  -- noqa: AM04,RF02
    matches.policy_version,
    versions.content_sha,
    coalesce(versions.is_complete, false) as is_complete,
    case
        when matches.policy_version is null then 'no_policy'
        when not versions.is_complete then 'incomplete_policy'
    end as lacking,
    versions.missing,
    rules.full_points,
    rules.min_agent_days,
    rules.unmeasured_rule,
    rules.min_weight,
    rules.reward_cap,
    rules.floor_points,
    rules.ceiling_points,
    rules.excellent,
    rules.file_within_days,
    rules.rounding,
    rules.team_share
from persons
left join matches
    on
        persons.person_kind = matches.person_kind
        and persons.person_id = matches.person_id
        and persons.month_start = matches.month_start
left join versions on matches.policy_version = versions.version
left join rules
    on
        versions.version = rules.version
        and persons.person_kind = rules.person_kind
        and versions.is_complete
where
    matches.policy_version is not null
    or persons.is_usual_kind
