select
    review_id,
    item.name as item,
    greatest(0, least(100, round(score + 6 * (u('item', contact_number * 4 + item.number) - 0.5), 1)))::varchar as score
from review
cross join (values (0, 'greeting'), (1, 'knowledge'), (2, 'solution'), (3, 'wording')) as item (number, name)
where made_on between getvariable('week_from')::date and getvariable('day')::date
    and source_id = getvariable('source')
order by review_id, item
