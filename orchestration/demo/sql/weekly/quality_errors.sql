select
    review_id,
    if(
        is_severe,
        ['KN-02', 'KN-01', 'DU-01', 'DU-04', 'AT-03', 'AT-08'],
        ['AT-01', 'AT-02', 'KN-03', 'KN-04', 'DU-02', 'LA-05']
    )[1 + floor(6 * u('error code', contact_number))::integer] as error_code,
    case when is_severe then 'severe' else 'general' end as class,
    (u('good faith', contact_number) < 0.1)::varchar as good_faith
from review
where has_error and made_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
order by review_id
