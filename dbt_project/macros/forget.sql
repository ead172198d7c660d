{#- What a kept table gives up before it takes the rows that this run makes anew. A table that is made for the first time
    has nothing to give up. dbt's own `delete+insert` deletes only what comes back: a date that became empty would stay. -#}
{% macro forget_dates() -%}
    {%- set remade_dates = ref('stg_remade_date') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where contact_date in (select remade_date from {{ remade_dates }})
    {%- endif -%}
{%- endmacro %}

{#- The same for rows that are kept by the date of the row and not of the contact. -#}
{% macro forget_linked_dates() -%}
    {%- set linked_dates = ref('stg_linked_date') -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where (feed, event_date) in (select (feed, event_date) from {{ linked_dates }})
    {%- endif -%}
{%- endmacro %}
