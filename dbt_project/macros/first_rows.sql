{#- The topics that a source records from its first row on. -#}
{% macro topics_from_first_row() -%}
    {{- return(feeds() | map(attribute='topics_from_first_row') | sum(start=[])) -}}
{%- endmacro %}

{#- The first local date of each source's rows of the feeds whose topics are recorded from the first row on. -#}
{% macro first_rows(time_zone) -%}
    {% for feed in feeds() if feed.topics_from_first_row -%}
        select
            source_id,
            unnest({{ feed.topics_from_first_row }}) as topic,
            min({{ feed.time if feed.is_time_a_date else 'timezone(' ~ time_zone ~ ', ' ~ feed.time ~ ')::date' }})
                as first_date
        from {{ ref('stg_' ~ feed.name) }}
        {{ 'cross join settings' if not feed.is_time_a_date }}
        group by source_id
        {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}
