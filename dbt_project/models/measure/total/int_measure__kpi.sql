-- One row per KPI with the positions of its measures.
with

kpis as (

    select * from {{ ref('dim_kpi') }}

),

positions as (

    select map_from_entries(list((measure, position) order by position)) as position_by_measure
    from {{ ref('int_measure__measure_position') }}

),

participation as (

    select
        numerator_measure,
        denominator_measure
    from kpis
    where kpi_id = 'rating_participation_rate'

)

select
    kpis.*,  -- noqa: AM04
    string_split(kpis.scopes, '|') as scope_kinds,
    string_split(kpis.judged_periods, '|') as judged_period_kinds,
    string_split(kpis.period_kinds, '|') as expected_period_kinds,
    positions.position_by_measure[kpis.numerator_measure] as numerator_position,
    positions.position_by_measure[kpis.denominator_measure] as denominator_position,
    positions.position_by_measure[kpis.sample_measure] as sample_position,
    positions.position_by_measure[kpis.square_measure] as square_position,
    -- States that are recorded elsewhere may not have come of these agents and days.
    if(
        list_contains(string_split(kpis.requires_topics, '|'), 'agent_states'),
        positions.position_by_measure['agent_days_states_missing'],
        null
    ) as missing_position,
    -- Cases whose window is still open are counted beside the cases, under the same noun.
    if(
        kpis.denominator_measure like '%\_cases' escape '\',
        positions.position_by_measure[replace(kpis.denominator_measure, '_cases', '_provisional_cases')],
        null
    ) as provisional_position,
    positions.position_by_measure[participation.numerator_measure] as participation_position,
    positions.position_by_measure[participation.denominator_measure] as invitation_position
from kpis
cross join positions
left join participation
    on kpis.needs_participation
