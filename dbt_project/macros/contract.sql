{#- Whether a model's SQL gives the columns of its contract. dbt asks it of DuckDB for each model in each run, in words that
    are planned like the model itself: a tenth of a night's run. Only a build of everything need ask: other models and
    other versions of DuckDB lead to one, and a table has the columns of its contract in any case. -#}
{% macro duckdb__get_assert_columns_equivalent(sql) -%}
    {%- if env_var('SCOREHOUSE_CONTRACTS', 'open') != 'held' -%}
        {{ default__get_assert_columns_equivalent(sql) }}
    {%- endif -%}
{%- endmacro %}
