{#- First and last instants of the feeds that date a centre `always`, or where they are `alone`: a row of each that is
    read whole. -#}
{% macro feed_reaches(dates_centre) -%}
    {% for feed in feeds() if feed.dates_centre == dates_centre and not feed.is_sliced -%}
        select
            min({{ feed.dates[0] }}) as first_at,
            greatest(
                {% for instant in feed.dates -%}
                    max({{ instant }}){{ ',' if not loop.last }}
                {% endfor %}
            ) as last_at
        from {{ ref('stg_' ~ feed.name) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}
