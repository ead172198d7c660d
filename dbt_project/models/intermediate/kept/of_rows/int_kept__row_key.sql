with

named as (

    {% for feed in feeds() if feed.is_sliced -%}
        select
            '{{ feed.name }}' as feed,
            {{ utc_date(feed.time) }} as event_date,
            hash(source_id, {{ feed.name_of_row | join(', ') }}) as key_hash
        from {{ source('raw', feed.name) }}
        where {{ feed.name_of_row[0] }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    feed,
    event_date,
    key_hash
from named
