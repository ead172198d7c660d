-- One row per KPI group, scope and period: customers, and those with exactly one contact in it; the rows of a group
-- are what incidents take out. Trailing periods end on every day for the centre, on the latest for the others.
with

gaps as (

    select
        * exclude (gap_days),
        -- Where there was no earlier contact, it lies before every period.
        coalesce(gap_days, 2147483647) as gap_days
    from {{ ref('int_measure__customer_gap') }}

),

period_days as (

    select * from {{ ref('int_measure__period_day') }}

),

-- Of the contacts of a period, the last one lies before it with each customer's first, the one before that with the
-- first and the second.
of_every_scope as (

    select
        gaps.kpi_group,
        gaps.scope_kind,
        gaps.scope_id,
        period_days.period_kind,
        period_days.period_start,
        sum(gaps.contacts_since_last) as firsts,
        sum(gaps.contacts_since_second_last) as firsts_and_seconds
    from gaps
    inner join period_days
        on
            gaps.scope_date = period_days.period_date
            and gaps.gap_days > gaps.scope_date - period_days.period_start
    where period_days.is_for_every_scope
    group by gaps.kpi_group, gaps.scope_kind, gaps.scope_id, period_days.period_kind, period_days.period_start

),

centre_gaps as (

    select * from gaps
    where scope_kind = 'centre'

),

-- The centre's trailing periods are hundreds for each date: what reaches at least so far back is added up once, and
-- looked up once for each of them.
reaching as (

    select
        kpi_group,
        scope_date,
        gap_days,
        sum(contacts_since_last) over by_reach as contacts_since_last,
        sum(contacts_since_second_last) over by_reach as contacts_since_second_last
    from centre_gaps
    window by_reach as (partition by kpi_group, scope_date order by gap_days desc)

),

centre_days as (

    select distinct
        kpi_group,
        scope_kind,
        scope_id,
        scope_date
    from centre_gaps

),

asked as (

    select
        centre_days.*,
        period_days.period_kind,
        period_days.period_start,
        centre_days.scope_date - period_days.period_start + 1 as days_to_before
    from centre_days
    inner join period_days
        on centre_days.scope_date = period_days.period_date
    where not period_days.is_for_every_scope

),

of_centre as (

    select
        asked.kpi_group,
        asked.scope_kind,
        asked.scope_id,
        asked.period_kind,
        asked.period_start,
        sum(reaching.contacts_since_last) as firsts,
        sum(reaching.contacts_since_second_last) as firsts_and_seconds
    from asked
    asof inner join reaching
        on
            asked.kpi_group = reaching.kpi_group
            and asked.scope_date = reaching.scope_date
            and asked.days_to_before <= reaching.gap_days
    group by asked.kpi_group, asked.scope_kind, asked.scope_id, asked.period_kind, asked.period_start

),

begun as (

    select * from of_every_scope
    union all
    select * from of_centre

)

select
    kpi_group,
    scope_kind,
    scope_id,
    period_kind,
    period_start,
    firsts::decimal(18, 4) as customers,
    -- A customer without a second contact was there once.
    (firsts - (firsts_and_seconds - firsts))::decimal(18, 4) as single_contact_customers
from begun
