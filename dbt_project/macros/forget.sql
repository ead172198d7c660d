{#- What a kept table gives up before it takes the rows that this run makes anew. A table that is made for the first time
    has nothing to give up. dbt's own `delete+insert` deletes only what comes back: a date that became empty would stay. -#}
{% macro forget_dates() -%}
    {%- set remade_dates = ref('stg_remade_date') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where contact_date in (select remade_date from {{ remade_dates }})
    {%- endif -%}
{%- endmacro %}

{#- The same for what looks back on a customer's contacts: a change of a date may change those after it. -#}
{% macro forget_dates_after() -%}
    {%- set remade_dates = ref('stg_remade_date') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ on_dates_after() }}
    {%- endif -%}
{%- endmacro %}

{#- The same for rows that are kept by the date of the row and not of the contact. -#}
{% macro forget_linked_dates() -%}
    {%- set linked_dates = ref('stg_linked_date') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            -- Dates alone are told apart much faster than pairs, and leave few of these.
            event_date in (select event_date from {{ linked_dates }})
            and (feed, event_date) in (select (feed, event_date) from {{ linked_dates }})
    {%- endif -%}
{%- endmacro %}

{#- The same for what is kept by the date that it counts on, which is measures where nothing else is said. -#}
{% macro forget_changed_dates(date_column='scope_date', dates='int_measure__changed_date') -%}
    {%- set changed_dates = ref(dates) -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ date_column }} in (select changed_date from {{ changed_dates }})
    {%- endif -%}
{%- endmacro %}

{#- The same for measures of months: a month is summed anew when one of its dates is. -#}
{% macro forget_changed_months() -%}
    {%- set changed_dates = ref('int_measure__changed_date') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where month_start in (select date_trunc('month', changed_date)::date from {{ changed_dates }})
    {%- endif -%}
{%- endmacro %}

{#- The same for measures that look back: whatever changed on a date may change every later one. -#}
{% macro forget_since() -%}
    {%- set since = ref('int_measure__gap_since') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where scope_date >= (select since_date from {{ since }})
    {%- endif -%}
{%- endmacro %}

{#- The same for values, which are kept by their period. -#}
{% macro forget_touched_periods() -%}
    {%- set touched_periods = ref('int_measure__touched_period') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            -- Dates alone are told apart much faster than pairs, and leave few of these.
            period_start in (select period_start from {{ touched_periods }})
            and (period_kind, period_start) in (select (period_kind, period_start) from {{ touched_periods }})
    {%- endif -%}
{%- endmacro %}

{#- The same for values of half hours, which are made anew with those of their day. -#}
{% macro forget_touched_days() -%}
    {%- set touched_periods = ref('int_measure__touched_period') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where local_date in (select period_start from {{ touched_periods }} where period_kind = 'day')
    {%- endif -%}
{%- endmacro %}

{#- The same for gaps that are taken apart: of weeks and trailing periods only the latest have them. -#}
{% macro forget_impact_periods() -%}
    {%- set touched_periods = ref('int_measure__touched_period') -%}
    {%- set periods = ref('int_measure__period') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            period_kind not in ('month', 'quarter')
            or (period_kind, period_start) in (select (period_kind, period_start) from {{ touched_periods }})
            or (period_kind, period_start) not in (select (period_kind, period_start) from {{ periods }})
    {%- endif -%}
{%- endmacro %}

{#- What a kept table gives up that is made whole each time, and is kept for the next build to read. -#}
{% macro forget_all() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
    {%- endif -%}
{%- endmacro %}
