-- One row per contest, agent or team: the value of its days with the 95 % interval, by the rules by which values of
-- periods are made.
with

contests as (

    select * from {{ ref('stg_policy_contests') }}

),

kpis as (

    select
        kpi_id,
        scale::double as scale,
        interval_kind,
        min_sample,
        formula_version
    from {{ ref('int_measure__kpi') }}

),

amounts as (

    select * from {{ ref('int_measure__contest_amount') }}

),

settings as (

    select participation_gate from {{ ref('stg_centre_setting') }}

),

totals as (

    select
        amounts.*,
        kpis.* exclude (kpi_id),  -- noqa: RF02
        amounts.denominator::double as cases,
        amounts.numerator::double / nullif(amounts.denominator::double, 0) as mean,
        -- 1.959964 standard errors on either side: 95 %.
        1.959963984540054::double as z
    from amounts
    inner join contests on amounts.contest_id = contests.contest_id
    inner join kpis on contests.kpi_id = kpis.kpi_id

),

spread as (

    select
        *,
        case
            when interval_kind = 'wilson' and mean between 0 and 1 then {{ wilson_midpoint('mean', 'cases') }}
            when interval_kind = 'normal' and cases > 1 then mean
        end as midpoint,
        case
            when interval_kind = 'wilson' and mean between 0 and 1 then {{ wilson_margin('mean', 'cases') }}
            when interval_kind = 'normal' and cases > 1
                then z * sqrt(
                    greatest(squares::double * cases - numerator::double * numerator::double, 0)
                    / (cases * cases * (cases - 1))
                )
        end as margin
    from totals

)

select
    spread.contest_id,
    spread.scope_kind,
    spread.scope_id,
    spread.numerator,
    spread.denominator,
    spread.n,
    coalesce(spread.scale * spread.mean, if(spread.denominator is null, spread.scale * spread.numerator, null))
        as value,  -- noqa: RF04
    least(spread.scale * (spread.midpoint - spread.margin), spread.scale * spread.mean) as ci_lower,
    greatest(spread.scale * (spread.midpoint + spread.margin), spread.scale * spread.mean) as ci_upper,
    coalesce(spread.n >= spread.min_sample and spread.n > 0, false)
    and coalesce(spread.participants >= settings.participation_gate * spread.invitations, true) as is_measured,
    spread.formula_version
from spread
cross join settings
