-- The lists of codes as this centre has them.
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
    professional_en,
    professional_zh,
    is_in_source,
    is_of_centre
from scorecard.dim_code
where is_known
order by code_list, code
