-- One row per KPI, stretch of dates that one set of its targets judges, and target. What was published of a date as
-- closed keeps the targets that it was judged by; another set holds from the first date on that was not closed then,
-- unless a person orders otherwise.
with

targets as (

    select * from {{ ref('dim_kpi_target') }}

),

kpis as (

    select kpi_id from {{ ref('dim_kpi') }}

),

stored as (

    select stg_target_set.*
    from {{ ref('stg_target_set') }} as stg_target_set
    semi join kpis
        on stg_target_set.kpi_id = kpis.kpi_id

),

orders as (

    select * from {{ ref('stg_restate_order') }}

),

publications as (

    select
        publication,
        max(closed_before) over (order by publication) as closed_before
    from {{ ref('stg_publication') }}

),

last_publication as (

    select coalesce(max(publication), 0) as last_number
    from publications

),

-- A KPI without a target has one row that says so.
current_set as (

    select
        kpis.kpi_id,
        targets.target_id,
        targets.scope_kind,
        targets.scope_id,
        targets.segment,
        targets.lower_bound,
        targets.upper_bound,
        targets.stretch,
        targets.upper_measure,
        targets.valid_from,
        targets.valid_to,
        targets.target_source,
        targets.target_version,
        targets.is_own
    from kpis
    left join targets
        on kpis.kpi_id = targets.kpi_id

),

last_set as (

    select
        kpi_id,
        target_id,
        scope_kind,
        scope_id,
        segment,
        lower_bound,
        upper_bound,
        stretch,
        upper_measure,
        valid_from,
        valid_to,
        target_source,
        target_version,
        is_own
    from stored
    qualify publication = max(publication) over (partition by kpi_id)

),

-- Rows that only one of the two has; a KPI with such a row has other targets than before.
came as (

    select * from current_set
    except
    select * from last_set

),

went as (

    select * from last_set
    except
    select * from current_set

),

changed as (

    select kpi_id from came
    union
    select kpi_id from went

),

sets as (

    select * from stored
    union all by name
    select
        last_publication.last_number + 1 as publication,  -- noqa: RF04
        current_set.*
    from current_set
    semi join changed
        on current_set.kpi_id = changed.kpi_id
    cross join last_publication

),

generations as (

    select distinct
        kpi_id,
        publication
    from sets

),

followed as (

    select
        kpi_id,
        publication,
        lead(publication) over (partition by kpi_id order by publication) as next_publication
    from generations

),

-- Up to which date a set judges: what was closed when it was published last, or less where a person ordered so.
ended as (

    select
        followed.kpi_id,
        followed.publication,
        followed.next_publication,
        least(
            case
                when followed.next_publication is null then date '9999-12-31'
                else coalesce(max(publications.closed_before), date '0001-01-01')
            end,
            min(orders.from_date)
        ) as holds_before
    from followed
    left join publications
        on followed.next_publication - 1 = publications.publication
    left join orders
        on
            followed.kpi_id = orders.kpi_id
            and followed.next_publication <= orders.publication
    group by followed.kpi_id, followed.publication, followed.next_publication

),

spans as (

    select
        *,
        coalesce(
            max(holds_before) over (
                partition by kpi_id order by publication
                rows between unbounded preceding and 1 preceding
            ),
            date '0001-01-01'
        ) as holds_from
    from ended

)

select
    sets.kpi_id,
    spans.holds_from,
    spans.holds_before,
    spans.next_publication is null as is_current,
    sets.publication as first_publication,
    sets.target_id,
    sets.scope_kind,
    sets.scope_id,
    sets.segment,
    sets.lower_bound::decimal(18, 6) as lower_bound,
    sets.upper_bound::decimal(18, 6) as upper_bound,
    sets.stretch::decimal(18, 6) as stretch,
    sets.upper_measure,
    sets.valid_from,
    sets.valid_to,
    sets.target_source,
    sets.target_version,
    sets.is_own
from sets
inner join spans
    on
        sets.kpi_id = spans.kpi_id
        and sets.publication = spans.publication
where spans.holds_from < spans.holds_before
