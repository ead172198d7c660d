-- Error codes that no list knows, and those whose records have another class than the code: both count as the records say.
select
    code_list,
    code,
    records,
    is_known,
    default_class,
    records_of_another_class
from scorecard.dim_code
where not is_known or records_of_another_class > 0
order by is_known, records desc, code_list, code
