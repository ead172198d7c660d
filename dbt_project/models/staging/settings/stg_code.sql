with

complaint_leaves as (

    select * from {{ ref('complaint_leaves') }}

),

error_codes as (

    select * from {{ ref('error_codes') }}

),

phrases as (

    select * from {{ ref('phrases') }}

),

norm_items as (

    select * from {{ ref('norm_items') }}

),

contact_tags as (

    select * from {{ ref('contact_tags') }}

),

small_lists as (

    select * from {{ ref('small_lists') }}

),

of_the_centre as (

    select * from {{ source('settings', 'codes') }}

),

-- A column that a list doesn't have is NULL in its rows.
of_the_catalogue as (

    select
        'complaint_leaves' as code_list,
        code,
        name_en,
        name_zh,
        cause as group_code,
        cause_en as group_en,
        cause_zh as group_zh,
        kind,
        kind_en,
        kind_zh,
        is_in_source
    from complaint_leaves
    union all by name
    select
        'error_codes' as code_list,
        code,
        name_en,
        name_zh,
        group_code,
        group_en,
        group_zh,
        default_class,
        detail_list,
        is_in_source
    from error_codes
    union all by name
    select
        'phrases' as code_list,
        code,
        name_en,
        name_zh,
        habitual_zh,
        professional_en,
        professional_zh,
        is_labelled,
        is_in_source
    from phrases
    union all by name
    select
        'norm_items' as code_list,
        code,
        name_en,
        name_zh,
        group_code,
        group_en,
        group_zh,
        norm as kind,
        norm_en as kind_en,
        norm_zh as kind_zh,
        applies_when,
        version as norm_version,
        valid_from,
        remark_en,
        remark_zh,
        is_in_source
    from norm_items
    union all by name
    select
        'contact_tags' as code_list,
        code,
        name_en,
        name_zh,
        tag as group_code,
        if(code = tag, name_en, null) as group_en,
        if(code = tag, name_zh, null) as group_zh,
        detail_list,
        is_in_source
    from contact_tags
    union all by name
    select
        code_list,
        code,
        name_en,
        name_zh,
        group_code,
        group_en,
        group_zh,
        is_in_source
    from small_lists

),

of_both as (

    select
        *,
        false as is_of_centre
    from of_the_catalogue
    union all by name
    select
        *,
        true as is_of_centre
    from of_the_centre

)

select
    code_list,
    code,
    name_en,
    name_zh,
    group_code,
    group_en,
    group_zh,
    kind,
    kind_en,
    kind_zh,
    default_class,
    detail_list,
    habitual_zh,
    professional_en,
    professional_zh,
    is_labelled,
    applies_when,
    norm_version,
    valid_from,
    remark_en,
    remark_zh,
    is_in_source,
    is_of_centre
from of_both
