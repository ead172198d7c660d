-- One row per person and closed month that the publication to come tells for the first time, or otherwise than before:
-- the number of the version, and the first reason that fits. Who leads is told otherwise where his teams are.
with

results as (

    select
        person_kind,
        person_id,
        month_start
    from {{ ref('int_assessment__result') }}
    where
        is_closed
        and state not in ('no_policy', 'incomplete_policy')

),

sealed as (

    select
        person_kind,
        person_id,
        month_start
    from {{ ref('int_assessment__sealed') }}

),

changes as (

    select * from {{ ref('int_assessment__change') }}

),

led as (

    select
        person_id,
        month_start,
        team_id
    from {{ ref('int_assessment__led_line') }}

),

publications as (

    select coalesce(max(publication), 0) + 1 as next_publication
    from {{ ref('stg_publication') }}

),

causes as (

    select * exclude (version_no)
    from changes
    union all by name
    select
        changes.* exclude (person_kind, person_id, version_no),  -- noqa: RF02
        'manager' as person_kind,
        led.person_id
    from changes
    inner join led
        on
            changes.person_kind = 'team'
            and changes.person_id = led.team_id
            and changes.month_start = led.month_start

),

explained as (

    select
        changes.person_kind,
        changes.person_id,
        changes.month_start,
        changes.version_no,
        case
            when bool_or(causes.is_of_policy) then 'policy_version'
            when bool_or(causes.is_appeal_granted) then 'appeal_granted'
            when bool_or(causes.is_decided_late) then 'decided_late'
            when bool_or(causes.is_of_incident) then 'incident'
            when bool_or(causes.is_of_rules) then 'target_or_formula'
            when bool_or(causes.is_late_data) then 'late_data'
            else 'correction'
        end as restated_reason
    from changes
    inner join causes
        on
            changes.person_kind = causes.person_kind
            and changes.person_id = causes.person_id
            and changes.month_start = causes.month_start
    group by changes.person_kind, changes.person_id, changes.month_start, changes.version_no

),

versions as (

    select
        results.*,
        1 as version_no,
        null as restated_reason
    from results
    anti join sealed
        on
            results.person_kind = sealed.person_kind
            and results.person_id = sealed.person_id
            and results.month_start = sealed.month_start
    union all by name
    select * from explained

)

select
    publications.next_publication,
    versions.person_kind,
    versions.person_id,
    versions.month_start,
    cast(versions.version_no as bigint) as version_no,
    cast(versions.restated_reason as varchar) as restated_reason
from versions
cross join publications
