-- One row per person, month and record that the policy looks at. Those that count stand in order, oldest first: the
-- quota's are free, each later one costs points until the cap is reached.
with

quotas as (

    select * from {{ ref('int_assessment__quota') }}

),

causes as (

    select * from {{ ref('stg_policy_penalty_causes') }}

),

records as (

    select * from {{ ref('int_assessment__penal_record') }}

),

agent_teams as (

    select * from {{ ref('bridge_agent_team_day') }}

),

-- A person answers for his own records wherever he was; a team for those of contacts in it.
owned as (

    select
        *,
        false as is_of_team,
        agent_id as person_id
    from records
    union all by name
    select
        records.*,
        true as is_of_team,
        agent_teams.team_id as person_id
    from records
    inner join agent_teams
        on
            records.agent_id = agent_teams.agent_id
            and records.agent_date = agent_teams.agent_date

),

-- Where the policy comes to tell months in another way, a record stays in the first month that it fell into.
placed as (

    select
        quotas.*,
        owned.record_id,
        owned.landing_day,
        owned.code,
        owned.cause,
        owned.record_date,
        owned.decided_date,
        owned.note as record_note
    from owned
    inner join quotas
        on
            owned.person_id = quotas.person_id
            and owned.month_start = quotas.month_start
            and owned.is_of_team = (quotas.person_kind = 'team')
            and owned.kind = quotas.kind
            and owned.month_by = quotas.month_by
    qualify
        rank() over (
            partition by owned.is_of_team, owned.person_id, owned.kind, owned.record_id
            order by owned.month_start
        ) = 1

),

judged as (

    select
        placed.*,
        case
            when placed.record_note is not null then placed.record_note
            when placed.kind != 'fraud' and causes.cause is null then 'other_cause'
        end as free_note,
        free_note is null as is_counted
    from placed
    left join causes
        on
            placed.policy_version = causes.version
            and placed.person_kind = causes.person_kind
            and placed.policy_kind = causes.kind
            and placed.cause = causes.cause

),

ordered as (

    select
        *,
        row_number() over (
            partition by person_kind, person_id, month_start, kind, is_counted
            order by record_date, record_id
        ) as line_order
    from judged

),

-- What all up to this one cost, before the cap and with it.
summed as (

    select
        *,
        if(is_counted, points_each * greatest(line_order - quota, 0), 0) as uncapped,
        if(is_counted, points_each * greatest(line_order - 1 - quota, 0), 0) as uncapped_before,
        cast(round(least(uncapped, coalesce(cap, uncapped)), 6) as decimal(18, 6)) as costs_so_far,
        cast(round(least(uncapped_before, coalesce(cap, uncapped_before)), 6) as decimal(18, 6)) as costs_before
    from ordered

)

select
    person_kind,
    person_id,
    month_start,
    kind,
    record_id,
    code,
    record_date,
    decided_date,
    landing_day,
    is_counted,
    line_order,
    cast(costs_so_far - costs_before as decimal(18, 6)) as points,
    case
        when not is_counted then free_note
        when kind = 'fraud' then null
        when line_order <= quota then 'within_quota'
        when uncapped > cap then 'cap'
        else 'over_quota'
    end as note
from summed
