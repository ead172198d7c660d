{#- Of a model of measures: only rows that count on a date whose measures this build makes anew. -#}
{% macro on_changed_dates(date_column, dates='int_measure__changed_date') -%}
    {{ date_column }} in (select changed.changed_date from {{ ref(dates) }} as changed)
{%- endmacro %}

{#- The same of a model of months: only rows of a month that has such a date. -#}
{% macro on_changed_months(date_column) -%}
    date_trunc('month', {{ date_column }})::date in (
        select date_trunc('month', changed.changed_date)::date from {{ ref('int_measure__changed_date') }} as changed
    )
{%- endmacro %}

{#- The same of facts of contacts: only those of a date whose contacts this build makes anew. -#}
{% macro on_remade_dates() -%}
    contact_date in (select remade.remade_date from {{ ref('stg_remade_date') }} as remade)
{%- endmacro %}
