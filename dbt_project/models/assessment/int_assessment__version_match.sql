-- One row per person, month and version of the policy that holds for him then: of those that are meant for him the one
-- that began last. More than one is a mistake of the file, which stops the build.
with

persons as (

    select * from {{ ref('int_assessment__candidate') }}

),

versions as (

    select * from {{ ref('stg_policy_versions') }}
    where
        section = 'assessment'
        and valid_from is not null

),

applies as (

    select * from {{ ref('stg_policy_applies') }}

),

assessed_kinds as (

    select
        version,
        person_kind
    from {{ ref('stg_policy_assessments') }}

),

-- An incomplete version may not say whom it is for, least of all who leads.
saying_whom as (

    select
        version,
        count(*) filter (attribute = 'team_kind') as team_kinds,
        count(*) filter (attribute = 'manager_role') as manager_roles
    from applies
    group by version

),

meant as (

    select
        persons.person_kind,
        persons.person_id,
        persons.month_start,
        versions.version,
        versions.valid_from,
        versions.is_complete,
        persons.is_usual_kind,
        kinds.version is not null as fits_kind,
        fitting_roles.version is not null or persons.person_kind = 'team' as fits_role,
        coalesce(saying_whom.team_kinds, 0) > 0 as says_kind,
        says_kind and (persons.person_kind != 'manager' or saying_whom.manager_roles > 0) as says_whom,
        assessed_kinds.version is not null as is_assessed
    from persons
    inner join versions on persons.month_start >= versions.valid_from
    left join saying_whom on versions.version = saying_whom.version
    left join applies as fitting_roles
        on
            versions.version = fitting_roles.version
            and fitting_roles.attribute = if(persons.person_kind = 'manager', 'manager_role', 'role')
            and persons.role = fitting_roles.value
    left join applies as kinds
        on
            versions.version = kinds.version
            and kinds.attribute = 'team_kind'
            and persons.team_kind is not distinct from kinds.value
    left join assessed_kinds
        on
            versions.version = assessed_kinds.version
            and persons.person_kind = assessed_kinds.person_kind

),

fitting as (

    select *
    from meant
    where
        case
            when is_complete then fits_kind and fits_role and is_assessed
            when says_whom then fits_kind and fits_role
            else is_usual_kind and (fits_kind or not says_kind)
        end

)

select
    person_kind,
    person_id,
    month_start,
    version
from fitting
qualify
    rank() over (
        partition by person_kind, person_id, month_start
        order by valid_from desc, says_whom desc
    ) = 1
