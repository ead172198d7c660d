{#- The topics that a source records from its first row on. -#}
{% macro topics_from_first_row() -%}
    {%- set late = feeds() | map(attribute='late_topics') | sum(start=[]) | map(attribute='name') | list -%}
    {{- return(feeds() | map(attribute='topics_from_first_row') | sum(start=late)) -}}
{%- endmacro %}

{#- The first local date of each source's rows of the feeds whose topics are recorded from the first row on, and of the
rows that tell of a topic which a feed may have besides. -#}
{% macro first_rows(time_zone) -%}
    {%- set beginnings = [] -%}
    {%- for feed in feeds() -%}
        {%- set day = feed.time if feed.is_time_a_date else 'timezone(' ~ time_zone ~ ', ' ~ feed.time ~ ')::date' -%}
        {%- if feed.topics_from_first_row -%}
            {%- do beginnings.append((feed.name, feed.topics_from_first_row, 'true', day)) -%}
        {%- endif -%}
        {%- for late in feed.late_topics -%}
            {%- do beginnings.append((feed.name, [late.name], late.told, late.day or day)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {% for feed, topics, told, day in beginnings -%}
        select
            source_id,
            unnest({{ topics }}) as topic,
            min({{ day }}) as first_date
        from {{ ref('stg_' ~ feed) }}
        {{ 'cross join settings' if time_zone in day }}
        where {{ told }}
        group by source_id
        {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}
