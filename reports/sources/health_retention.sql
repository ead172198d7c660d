-- What went on purpose, by `keep` of centre.yaml: the newest first. The values that were made of it stay.
select
    noted_at,
    publication,
    area as retention_area,
    gone_before,
    if(area = 'records', kept_from, null) as values_kept_from,
    file_count,
    if(area = 'landing', null, row_count) as row_count
from scorecard.fct_retention
order by publication desc, area asc
limit 200
