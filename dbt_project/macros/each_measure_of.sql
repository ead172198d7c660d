{# One text for each measure that some of the measure layer's tables have, as each_measure() has it. #}

{# Of half hours: of contacts, of visits, of states, and what is counted while half hours are made. #}
{% macro each_measure_of_half_hours(text) -%}
    {{ each_measure(text, ['fct_contact', 'fct_queue_visit', 'int_state__half_hour', 'int_measure__half_hour']) }}
{%- endmacro %}

{# Squares that are each leg's or turn's own, or were observed: those of int_measure__work_square. #}
{% macro each_square_of_work(text) -%}
    {{ each_measure(text, ['fct_contact_leg', 'fct_message_turn', 'int_agent__event_day'], 'sum', squares=true) }}
{%- endmacro %}
