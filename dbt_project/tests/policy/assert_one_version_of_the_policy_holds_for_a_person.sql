-- Two versions of the policy that began in the same month and are meant for the same person leave his result to chance.
with

matches as (

    select * from {{ ref('int_assessment__version_match') }}

),

persons as (

    select
        person_kind,
        person_id,
        month_start,
        string_agg(version, ' and ' order by version) as versions
    from matches
    group by person_kind, person_id, month_start
    having count(*) > 1

),

problems as (

    select
        versions,
        first(
            format('{} {} in {}', person_kind, person_id, strftime(month_start, '%Y-%m'))
            order by month_start, person_kind, person_id
        ) as first_person,
        count(*) as persons_and_months
    from persons
    group by versions

),

listed as (

    select
        count(*) as problem_count,
        string_agg(
            format(
                'policy.yaml, assessment: versions {} both hold for {}{}; give them other roles or team_kinds in '
                || 'applies_to, or another valid_from',
                versions,
                first_person,
                if(persons_and_months > 1, format(' and {} more', persons_and_months - 1), '')
            ),
            '; ' order by versions
        ) as reasons
    from problems

)

select reasons
from listed
where
    problem_count > 0
    and error(reasons) is null
