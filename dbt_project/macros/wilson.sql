{# Midpoint and half width of Wilson's interval of a share of cases, at z standard errors. #}
{% macro wilson_midpoint(mean, cases, z='z') -%}
    ({{ mean }} + {{ z }} * {{ z }} / (2 * {{ cases }})) / (1 + {{ z }} * {{ z }} / {{ cases }})
{%- endmacro %}

{% macro wilson_margin(mean, cases, z='z') -%}
    {{ z }} * sqrt({{ mean }} * (1 - {{ mean }}) / {{ cases }} + {{ z }} * {{ z }} / (4 * {{ cases }} * {{ cases }}))
    / (1 + {{ z }} * {{ z }} / {{ cases }})
{%- endmacro %}
