{# One row per contact of this CTE and agent who had a leg in it, with the date that decides his team there: adding up
the legs of all contacts would cost more than all else that is done with the few that have a record. #}
{% macro agent_dates_of(records) -%}
    select
        legs.contact_key,
        legs.agent_id,
        min(legs.agent_date) as agent_date
    from {{ ref('int_kept__leg') }} as legs
    semi join {{ records }} on legs.contact_key = {{ records }}.contact_key
    where legs.agent_id is not null
    group by legs.contact_key, legs.agent_id
{%- endmacro %}
