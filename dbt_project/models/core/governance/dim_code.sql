with

codes as (

    select * from {{ ref('stg_code') }}

),

errors as (

    select * from {{ ref('stg_quality_errors') }}

),

sessions as (

    select * from {{ ref('stg_monitoring_sessions') }}
    where intervention_method is not null

),

rewards as (

    select * from {{ ref('stg_rewards') }}

),

invitations as (

    select * from {{ ref('stg_ratings') }}
    where not_delivered_reason is not null

),

-- The centre's row takes the place of the catalogue's; that the source has the code stays true.
chosen as (

    select
        * exclude (is_in_source),
        bool_or(coalesce(is_in_source, false)) over (partition by code_list, code) as is_in_source
    from codes
    qualify row_number() over (partition by code_list, code order by is_of_centre desc) = 1

),

-- Whoever adds a code to a group that is there need not name the group again.
named as (

    select
        *,
        coalesce(group_en, max(group_en) over of_group, group_code) as group_name_en,
        coalesce(group_zh, max(group_zh) over of_group, group_code) as group_name_zh,
        coalesce(kind_en, max(kind_en) over of_kind, kind) as kind_name_en,
        coalesce(kind_zh, max(kind_zh) over of_kind, kind) as kind_name_zh
    from chosen
    window
        of_group as (partition by code_list, group_code),
        of_kind as (partition by code_list, group_code, kind)

),

told as (

    select
        'error_codes' as code_list,
        error_code as code,
        error_class,
        count(*) as records
    from errors
    group by error_code, error_class
    union all by name
    select
        'intervention_methods' as code_list,
        intervention_method as code,
        count(*) as records
    from sessions
    group by intervention_method
    union all by name
    select
        'reward_grounds' as code_list,
        ground as code,
        count(*) as records
    from rewards
    group by ground
    union all by name
    select
        'reward_forms' as code_list,
        form as code,
        count(*) as records
    from rewards
    group by form
    union all by name
    select
        'not_delivered_reasons' as code_list,
        not_delivered_reason as code,
        count(*) as records
    from invitations
    group by not_delivered_reason

),

counted as (

    select
        told.code_list,
        told.code,
        sum(told.records) as records,
        coalesce(
            sum(told.records) filter (where told.error_class != named.default_class),
            0
        ) as records_of_another_class
    from told
    left join named
        on
            told.code_list = named.code_list
            and told.code = named.code
    group by told.code_list, told.code

)

select
    coalesce(named.code_list, counted.code_list) as code_list,
    coalesce(named.code, counted.code) as code,
    coalesce(named.name_en, counted.code) as name_en,
    coalesce(named.name_zh, counted.code) as name_zh,
    named.group_code,
    named.group_name_en as group_en,
    named.group_name_zh as group_zh,
    named.kind,
    named.kind_name_en as kind_en,
    named.kind_name_zh as kind_zh,
    named.default_class,
    named.detail_list,
    named.habitual_zh,
    named.professional_en,
    named.professional_zh,
    named.is_labelled,
    named.applies_when,
    named.norm_version,
    named.valid_from,
    named.remark_en,
    named.remark_zh,
    coalesce(named.is_in_source, false) as is_in_source,
    coalesce(named.is_of_centre, false) as is_of_centre,
    named.code is not null as is_known,
    counted.records::bigint as records,
    counted.records_of_another_class::bigint as records_of_another_class
from named
full outer join counted
    on
        named.code_list = counted.code_list
        and named.code = counted.code
