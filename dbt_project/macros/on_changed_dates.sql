{#- Of a model of measures: only rows that count on a date whose measures this build makes anew. -#}
{% macro on_changed_dates(date_column, dates='int_measure__changed_date') -%}
    {{ date_column }} in (select changed.changed_date from {{ ref(dates) }} as changed)
{%- endmacro %}

{#- The same of a model of months: only rows of a month that has such a date. What is older than the first of them is
    not read where rows are kept in the order of dates. -#}
{% macro on_changed_months(date_column) -%}
    {{ date_column }} >= (
        select date_trunc('month', min(since.changed_date))::date from {{ ref('int_measure__changed_date') }} as since
    )
    and date_trunc('month', {{ date_column }})::date in (
        select date_trunc('month', changed.changed_date)::date from {{ ref('int_measure__changed_date') }} as changed
    )
{%- endmacro %}

{#- The same of facts of contacts: only those of a date whose contacts this build makes anew. -#}
{% macro on_remade_dates() -%}
    contact_date in (select remade.remade_date from {{ ref('stg_remade_date') }} as remade)
{%- endmacro %}

{#- The same of what looks back as far as seven days reach: those dates, and the ones that may see a contact of theirs. -#}
{% macro on_dates_after() -%}
    {{ _within_days_of_remade('contact_date', 0) }}
{%- endmacro %}

{#- And of what that looks back on. -#}
{% macro on_dates_around() -%}
    {{ _within_days_of_remade('contact_date', -8) }}
{%- endmacro %}

{#- Seven times 24 hours before an instant it may be the eighth date before. -#}
{% macro _within_days_of_remade(date_column, first_day) -%}
    {{ date_column }} in (
        select remade.remade_date + unnest(range({{ first_day }}, 9))::integer
        from {{ ref('stg_remade_date') }} as remade
    )
{%- endmacro %}
