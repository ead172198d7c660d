{#- Made by `python -m orchestration.warehouse.record_facts_made`; a test holds it. -#}

{# The records of persons that count: each with its head, the day it counts on, and its measures. #}
{% macro person_records() -%}
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        review_date as scope_date,
        {{ each_measure('{}', 'fct_quality_review', squares=none) }}
    from {{ ref('fct_quality_review') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        contact_date as scope_date,
        {{ each_measure('{}', 'fct_rating', squares=none) }}
    from {{ ref('fct_rating') }}
    where is_counted
{%- endmacro %}

{# One text for each measure of these records, as each_measure() has it. #}
{% macro each_measure_of_records(text) -%}
    {{ each_measure(text, ['fct_quality_review', 'fct_rating'], squares=none) }}
{%- endmacro %}
