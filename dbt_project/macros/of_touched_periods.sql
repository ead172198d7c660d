{#- Of a model of values: only rows of periods whose values this build makes anew. Dates alone are told apart much
    faster than pairs, and leave few of these. -#}
{% macro of_touched_periods() -%}
    period_start in (select touched.period_start from {{ ref('int_measure__touched_period') }} as touched)
    and (period_kind, period_start) in (
        select (touched.period_kind, touched.period_start) from {{ ref('int_measure__touched_period') }} as touched
    )
{%- endmacro %}

{#- The same of a model of dates: what counts on a day is made anew with its values. -#}
{% macro of_touched_days(date_column) -%}
    {{ date_column }} in (
        select touched.period_start from {{ ref('int_measure__touched_period') }} as touched
        where touched.period_kind = 'day'
    )
{%- endmacro %}

{#- The same of a model of dates: what counts in a month is held against the values of the month. -#}
{% macro of_touched_months(date_column) -%}
    {{ date_column }} in (
        select unnest(range(touched.period_start, touched.period_start + interval 1 month, interval 1 day))::date
        from {{ ref('int_measure__touched_period') }} as touched
        where touched.period_kind = 'month'
    )
{%- endmacro %}
