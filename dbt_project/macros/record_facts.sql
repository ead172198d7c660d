{#- Made by `python -m orchestration.warehouse.record_facts_made`; a test holds it. -#}

{# The records of persons that count: each with its head, the day it counts on, and its measures. with_kept:
    also those that are kept, where it is known of which dates they are made anew. #}
{% macro person_records(with_kept=true) -%}
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
        error_date as scope_date,
        {{ each_measure('{}', 'fct_check_error', squares=none) }}
    from {{ ref('fct_check_error') }}
    where error_date is not null
    {%- if with_kept %}
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
    {%- endif %}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        received_date as scope_date,
        {{ each_measure('{}', 'fct_complaint', squares=none) }}
    from {{ ref('fct_complaint') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        occurred_on as scope_date,
        {{ each_measure('{}', 'fct_finding', squares=none) }}
    from {{ ref('fct_finding') }}
    where severe_incidents > 0
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        appeal_date as scope_date,
        {{ each_measure('{}', 'fct_appeal', squares=none) }}
    from {{ ref('fct_appeal') }}
    where appeals_decided > 0
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        contact_date as scope_date,
        {{ each_measure('{}', 'fct_contact_tag', squares=none) }}
    from {{ ref('fct_contact_tag') }}
    where contact_date is not null
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        worked_on as scope_date,
        {{ each_measure('{}', 'fct_time_record', squares=none) }}
    from {{ ref('fct_time_record') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        session_date as scope_date,
        {{ each_measure('{}', 'fct_monitoring_session', squares=none) }}
    from {{ ref('fct_monitoring_session') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        intervention_date as scope_date,
        {{ each_measure('{}', 'fct_intervention', squares=none) }}
    from {{ ref('fct_intervention') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        call_date as scope_date,
        {{ each_measure('{}', 'fct_test_call', squares=none) }}
    from {{ ref('fct_test_call') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        audit_date as scope_date,
        {{ each_measure('{}', 'fct_ticket_audit', squares=none) }}
    from {{ ref('fct_ticket_audit') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        coaching_date as scope_date,
        {{ each_measure('{}', 'fct_coaching', squares=none) }}
    from {{ ref('fct_coaching') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        receipt_date as scope_date,
        {{ each_measure('{}', 'fct_document_receipt', squares=none) }}
    from {{ ref('fct_document_receipt') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        defect_date as scope_date,
        {{ each_measure('{}', 'fct_defect', squares=none) }}
    from {{ ref('fct_defect') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        service_date as scope_date,
        {{ each_measure('{}', 'fct_service_record', squares=none) }}
    from {{ ref('fct_service_record') }}
    union all by name
    select
        contact_key,
        agent_id,
        agent_date,
        channel,
        queue_id,
        reported_date as scope_date,
        {{ each_measure('{}', 'fct_self_report', squares=none) }}
    from {{ ref('fct_self_report') }}
    where self_report_state != 'missing'
{%- endmacro %}

{# One text for each measure of these records, as each_measure() has it. #}
{% macro each_measure_of_records(text) -%}
    {{ each_measure(text, ['fct_quality_review', 'fct_check_error', 'fct_rating', 'fct_complaint', 'fct_finding', 'fct_appeal', 'fct_contact_tag', 'fct_time_record', 'fct_monitoring_session', 'fct_intervention', 'fct_test_call', 'fct_ticket_audit', 'fct_coaching', 'fct_document_receipt', 'fct_defect', 'fct_service_record', 'fct_self_report'], squares=none) }}
{%- endmacro %}
