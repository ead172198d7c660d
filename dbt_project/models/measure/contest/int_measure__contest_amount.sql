-- One row per contest, agent or team: what its KPI is made of between the first and the last day, without what
-- incidents take out. It is there for contests whose days are no period that values are made of anyway.
with

periods as (

    select * from {{ ref('int_measure__period') }}
    where period_kind in ('day', 'week', 'month', 'quarter', 'year')

),

contests as (

    select contests.*
    from {{ ref('stg_policy_contests') }} as contests
    anti join periods
        on
            contests.from_on = periods.period_start
            and contests.to_on + 1 = periods.period_end

),

kpis as (

    select * from {{ ref('int_measure__kpi') }}
    where method = 'ratio'

),

participation as (

    select
        numerator_measure,
        denominator_measure
    from {{ ref('int_measure__kpi') }}
    where kpi_id = 'rating_participation_rate'

),

positions as (

    {{ measure_positions() }}

),

square_positions as (

    select map_from_entries(list((squares.measure, squares.position))) as square_by_measure
    from (
        values
        {{ each_measure("('{}', {position})", squares=true) }}
    ) as squares (measure, position)

),

placed as (

    select
        contests.contest_id,
        contests.scope_kind,
        contests.from_on,
        contests.to_on,
        kpis.kpi_group,
        positions.position_by_measure[kpis.numerator_measure] as numerator_position,
        positions.position_by_measure[kpis.denominator_measure] as denominator_position,
        positions.position_by_measure[kpis.sample_measure] as sample_position,
        positions.position_by_measure[participation.numerator_measure] as participation_position,
        positions.position_by_measure[participation.denominator_measure] as invitation_position,
        square_positions.square_by_measure[kpis.square_measure] as square_position
    from contests
    inner join kpis on contests.kpi_id = kpis.kpi_id
    cross join positions
    cross join square_positions
    left join participation on kpis.needs_participation

),

scope_days as (

    select * from {{ ref('int_measure__scope_day') }}
    where scope_kind in ('agent', 'team')

),

daily as (

    select
        placed.*,
        scope_days.scope_id,
        if(scope_days.kpi_group = '', 1, -1) as sign,
        [
            {{ each_measure('scope_days.{}') }}
        ] as amounts,
        [
            {{ each_measure('scope_days.{}', squares=true) }}
        ] as squares
    from placed
    inner join scope_days
        on
            placed.scope_kind = scope_days.scope_kind
            and placed.from_on <= scope_days.scope_date
            and placed.to_on >= scope_days.scope_date
            and scope_days.kpi_group in ('', placed.kpi_group)

)

select
    contest_id,
    scope_kind,
    scope_id,
    sum(sign * amounts[numerator_position])::decimal(18, 4) as numerator,
    sum(sign * amounts[denominator_position])::decimal(18, 4) as denominator,
    sum(sign * amounts[sample_position])::bigint as n,
    sum(sign * squares[square_position]) as squares,
    sum(sign * amounts[participation_position])::bigint as participants,
    sum(sign * amounts[invitation_position])::bigint as invitations
from daily
group by contest_id, scope_kind, scope_id
