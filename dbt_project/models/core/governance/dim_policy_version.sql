with

versions as (

    select * from {{ ref('stg_policy_versions') }}

),

applies as (

    select * from {{ ref('stg_policy_applies') }}

),

people as (

    select
        version,
        list(distinct coalesce(value, '')) filter (attribute = 'role') as of_roles,
        list(distinct coalesce(value, '')) filter (attribute = 'team_kind') as of_kinds
    from applies
    where attribute in ('role', 'team_kind')
    group by version

),

dated as (

    select
        versions.*,
        people.of_roles,
        people.of_kinds
    from versions
    left join people on versions.section = 'assessment' and versions.version = people.version

),

-- A later version of the section, of the assessment one that is for all of the same people.
ended as (

    select
        one.section,
        one.version,
        min(later.valid_from) as valid_until
    from dated as one
    inner join dated as later on one.section = later.section and one.valid_from < later.valid_from
    where
        later.of_roles is null
        or (list_has_all(later.of_roles, one.of_roles) and list_has_all(later.of_kinds, one.of_kinds))
    group by one.section, one.version

)

select
    dated.section,
    dated.version,
    dated.valid_from,
    ended.valid_until,
    dated.approved_by_1,
    dated.approved_by_2,
    dated.is_complete,
    dated.missing,
    dated.content_sha
from dated
left join ended on dated.section = ended.section and dated.version = ended.version
