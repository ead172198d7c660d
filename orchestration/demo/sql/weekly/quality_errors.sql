select
    review_id,
    case when is_severe then 'S' else 'G' end || (1 + floor(6 * u('error code', contact_number)))::bigint::varchar as error_code,
    case when is_severe then 'severe' else 'general' end as class,
    (u('good faith', contact_number) < 0.1)::varchar as good_faith
from review
where has_error and made_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
order by review_id
