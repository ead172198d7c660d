-- A target that names a KPI or a scope that nobody has would be without effect, in silence.
with

kpis as (

    select * from {{ ref('kpis') }}

),

measures as (

    select * from {{ ref('measures') }}

),

targets as (

    select * from {{ ref('stg_target') }}

),

looked_up as (

    select
        targets.*,
        kpis.kpi_id is not null as is_known_kpi,
        measures.measure is not null as is_known_measure,
        coalesce(list_contains(string_split(kpis.scopes, '|'), targets.scope_kind), false) as is_scope_of_kpi
    from targets
    left join kpis
        on targets.kpi_id = kpis.kpi_id
    left join measures
        on targets.upper_measure = measures.measure

),

reasoned as (

    select
        written_in,
        target_id,
        case
            when not is_known_kpi
                then format('kpi_id "{}" is not in kpis.csv', kpi_id)
            when upper_measure is not null and not is_known_measure
                then format('upper_measure "{}" is not in measures.csv', upper_measure)
            when scope_kind = 'default' and scope_id is not null
                then format('scope_kind default takes no scope_id, here "{}"', scope_id)
            when scope_kind not in ('default', 'agent', 'team', 'queue', 'channel', 'centre', 'team_channel')
                then format('scope_kind "{}" is unknown', scope_kind)
            when scope_kind <> 'default' and not is_scope_of_kpi
                then format('{} has no values in scope {}', kpi_id, scope_kind)
            when scope_kind <> 'default' and scope_id is null
                then format('scope_kind {} needs a scope_id', scope_kind)
        end as reason
    from looked_up

),

problems as (

    select * from reasoned
    where reason is not null

),

listed as (

    select
        count(*) as problem_count,
        string_agg(
            format('{}, target {}: {}', written_in, target_id, reason), '; ' order by target_id, reason
        ) as reasons
    from problems

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
