-- Until half of the days are over most general errors are a stiff tone: then there is a plan against it, which helps. One
-- knowledge point costs most of what is not known. Errors of listenings and of tickets stand beside those of reviews.
with told as (
    select
        *,
        u('error code', contact_number) as by_code,
        u('stiff tone', contact_number) < if(made_on < day_at(0.5), 0.6, 0.04) as is_stiff
    from review
    where has_error and made_on between getvariable('week_from')::date and getvariable('day')::date
        and source_id = getvariable('source')
),
named as (
    select
        *,
        case
            when is_severe then ['KN-02', 'KN-01', 'DU-01', 'DU-04', 'AT-03', 'AT-08'][1 + floor(6 * by_code)::integer]
            when is_stiff then 'AT-01'
            else ['AT-02', 'KN-03', 'KN-04', 'DU-02', 'LA-05'][1 + floor(5 * by_code)::integer]
        end as error_code
    from told
)
select
    null as check_kind,
    review_id,
    error_code,
    case when is_severe then 'severe' else 'general' end as class,
    (u('good faith', contact_number) < 0.1)::varchar as good_faith,
    case when starts_with(error_code, 'KN') then
        (['returns', 'returns', 'returns', 'invoices', 'delivery'])[1 + floor(5 * u('knowledge point', contact_number))::integer]
    end as knowledge_point
from named
union all
select 'monitoring', session_id, 'AT-02', 'general', 'false', null
from listening
where has_error and started_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
union all
select
    'ticket_audit', audit_id,
    (['TK-01', 'TK-01', 'TK-02', 'TK-02', 'TK-03', 'TK-04'])[1 + floor(6 * u('ticket error', contact_number))::integer] as error_code,
    if(error_code in ('TK-03', 'TK-04'), 'severe', 'general'), 'false', null
from ticket_audit
where has_error and audited_on between getvariable('week_from')::date and getvariable('day')::date
    and getvariable('source') = 'desk'
order by review_id
