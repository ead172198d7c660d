{#- Whether a model's SQL gives the columns of its contract. dbt asks it of DuckDB for each model in each run, by a
    statement that costs as much planning as the model itself: a tenth of a night's run. A build of some dates need not
    ask if an earlier one did, with the same models, program and tools; a table has its contract's columns anyway. -#}
{% macro duckdb__get_assert_columns_equivalent(sql) -%}
    {%- if config.get('materialized') == 'view' or env_var('SCOREHOUSE_CONTRACTS', 'unchecked') != 'checked' -%}
        {{ default__get_assert_columns_equivalent(sql) }}
    {%- endif -%}
{%- endmacro %}
