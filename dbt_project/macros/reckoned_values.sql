{#- The values that were made of the records of today, of KPIs that one formula made in all periods: those of which closed
    periods keep what an earlier formula made add up to nothing. -#}
{% macro reckoned_values() -%}
(
    select kpi_values.*
    from {{ ref('fct_kpi_value') }} as kpi_values
    anti join (select * from {{ ref('int_measure__kept_value') }} where not is_without_records) as of_other_formulas
        on kpi_values.kpi_id = of_other_formulas.kpi_id
    anti join (select * from {{ ref('int_measure__kept_value') }} where is_without_records) as outlived
        on
            kpi_values.kpi_id = outlived.kpi_id
            and kpi_values.scope_kind = outlived.scope_kind
            and kpi_values.scope_id = outlived.scope_id
            and kpi_values.period_kind = outlived.period_kind
            and kpi_values.period_start = outlived.period_start
)
{%- endmacro %}

{#- Whether a contact is of a date of which values are made; earlier ones are there for later ones to look back on. -#}
{% macro is_valued() -%}
contact_date >= (select covered.valued_from from {{ ref('int_as_of') }} as covered)
{%- endmacro %}
