{#- What is recorded from a date on is measured by the contacts handled from that date on: columns of rows `work` beside
the one row of int_topic__since as `since`. -#}
{% macro recorded_since(work) -%}
    if({{ work }}.scope_date >= since.complaints_from, {{ work }}.contacts_handled, 0) as contacts_complaint_recorded,
    if({{ work }}.scope_date >= since.findings_from, {{ work }}.contacts_handled, 0) as contacts_finding_recorded,
    if({{ work }}.scope_date >= since.tags_from, {{ work }}.contacts_handled, 0) as contacts_tag_recorded
{%- endmacro %}
