-- One row per line of a person's own, with what became of an objection to its record, and until when one may be made:
-- so many days after the decision, or after the first publication that told of it, whichever is later. What no
-- publication told of yet is told by the one to come, at the end of the data or later.
with

own_lines as (

    select * from {{ ref('int_assessment__own_line') }}

),

persons as (

    select
        person_kind,
        person_id,
        month_start,
        file_within_days
    from {{ ref('int_assessment__person') }}

),

appeals as (

    select * from {{ ref('int_assessment__appeal') }}

),

settings as (

    select time_zone from {{ ref('stg_centre_setting') }}

),

publications as (

    select
        cast(timezone((select settings.time_zone from settings), as_of) as date) as as_of_date,
        cast(timezone((select settings.time_zone from settings), published_at) as date) as published_on
    from {{ ref('stg_publication') }}

),

-- Of publications that reach a date or a later one, the first.
told_first as (

    select
        as_of_date,
        min(min(published_on)) over (
            order by as_of_date rows between current row and unbounded following
        ) as published_on
    from publications
    group by as_of_date

),

covered as (

    select as_of_date from {{ ref('int_as_of') }}

),

dated as (

    select
        own_lines.*,
        coalesce(told_first.published_on, covered.as_of_date) as published_on
    from own_lines
    cross join covered
    asof left join told_first on own_lines.decided_date <= told_first.as_of_date

)

select
    dated.* exclude (published_on),  -- noqa: AM04,RF02
    appeals.appeal_state,
    appeals.granted_date as appeal_granted_date,
    if(
        dated.kind in ('complaint', 'error', 'fraud', 'unfit'),
        greatest(dated.decided_date, dated.published_on, dated.landing_day) + persons.file_within_days,
        null
    ) as appeal_until,
    if(appeals.filed_date is null, null, coalesce(appeals.filed_date > appeal_until, false)) as is_appeal_late
from dated
inner join persons
    on
        dated.person_kind = persons.person_kind
        and dated.person_id = persons.person_id
        and dated.month_start = persons.month_start
left join appeals
    on
        if(dated.kind = 'unfit', 'fraud', dated.kind) = appeals.kind
        and dated.record_id = appeals.record_id
