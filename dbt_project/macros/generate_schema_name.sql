{#- A layer's schema is its own name, without the target's prefix: BI users read `scorecard.fct_kpi_value`. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}
