{#- The values of KPIs that one formula made in all periods: those of which closed periods keep what an earlier formula
    made add up to nothing. -#}
{% macro reckoned_values() -%}
(
    select kpi_values.*
    from {{ ref('fct_kpi_value') }} as kpi_values
    anti join {{ ref('int_measure__kept_value') }} as kept
        on kpi_values.kpi_id = kept.kpi_id
)
{%- endmacro %}
