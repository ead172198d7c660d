{#- The instant of a local clock time. One that comes twice is the earlier instant, as at the door; by itself DuckDB
    takes the later one. Three hours before, the clock ran ahead by as much as it was then set back: that much earlier the
    clock said the same, or it did not. -#}
{% macro local_instant(zone, clock) -%}
    {%- set later = "timezone(" ~ zone ~ ", " ~ clock ~ ")" -%}
    {%- set before = "timezone(" ~ zone ~ ", " ~ later ~ " - interval 3 hours)" -%}
    {%- set set_back = "(" ~ before ~ " + interval 3 hours - " ~ clock ~ ")" -%}
    if(
        timezone({{ zone }}, {{ later }} - {{ set_back }}) = {{ clock }},
        {{ later }} - {{ set_back }},
        {{ later }}
    )
{%- endmacro %}
