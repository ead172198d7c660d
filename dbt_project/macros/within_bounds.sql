{#- Points that are neither below the floor nor above the ceiling of a policy; either may be none. -#}
{% macro within_bounds(points, floor_points, ceiling_points) -%}
    greatest(
        least({{ points }}, coalesce({{ ceiling_points }}, {{ points }})),
        coalesce({{ floor_points }}, {{ points }})
    )
{%- endmacro %}
