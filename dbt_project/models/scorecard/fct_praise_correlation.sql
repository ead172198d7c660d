-- Whether agents who are praised more are rated better too: Spearman's correlation over agents of the centre.
with

kpi_values as (

    select
        kpi_id,
        scope_id,
        period_kind,
        period_start,
        period_end,
        value
    from {{ ref('fct_kpi_value') }}
    where
        scope_kind = 'agent'
        and period_kind in ('month', 'quarter', 'year')
        and value is not null
        and status != 'insufficient_sample'
        and kpi_id in ('good_rating_rate', 'praise_in_contact_per_1000', 'praise_contact_per_1000')

),

pairs as (

    select
        praise.kpi_id,
        praise.period_kind,
        praise.period_start,
        praise.period_end,
        praise.value as praise,
        rating.value as rating
    from kpi_values as praise
    inner join kpi_values as rating
        on
            praise.scope_id = rating.scope_id
            and praise.period_kind = rating.period_kind
            and praise.period_start = rating.period_start
            and rating.kpi_id = 'good_rating_rate'
    where praise.kpi_id != 'good_rating_rate'

),

ranked as (

    select
        *,
        {{ shared_rank('praise', 'kpi_id, period_kind, period_start') }} as praise_rank,
        {{ shared_rank('rating', 'kpi_id, period_kind, period_start') }} as rating_rank
    from pairs

),

correlated as (

    select
        kpi_id,
        period_kind,
        period_start,
        period_end,
        count(*) as agents,
        round(corr(praise_rank, rating_rank), 12) as coefficient,
        -- Where all are alike in one of the two, there is nothing to go together.
        count(distinct praise_rank) > 1 and count(distinct rating_rank) > 1 as has_two_sides
    from ranked
    group by kpi_id, period_kind, period_start, period_end

)

select
    kpi_id,
    period_kind,
    period_start,
    period_end,
    agents,
    agents >= 20 as is_enough,
    if(agents >= 20 and has_two_sides, coefficient, null) as correlation  -- noqa: RF04
from correlated
