-- A KPI is made of measures; a name that no measure has would give a number out of nothing.
-- error() puts the row and the reason into the message that stops the build.
with

kpis as (

    select * from {{ ref('kpis') }}

),

measures as (

    select * from {{ ref('measures') }}

),

named as (

    unpivot kpis
    on numerator_measure, denominator_measure, sample_measure, square_measure
    into name place value measure

),

problems as (

    select
        named.kpi_id as subject,
        format('{} "{}" is not in measures.csv', named.place, named.measure) as reason
    from named
    anti join measures
        on named.measure = measures.measure

),

listed as (

    select
        count(*) as problem_count,
        string_agg(format('kpis.csv, {}: {}', subject, reason), '; ' order by subject, reason) as reasons
    from problems

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
