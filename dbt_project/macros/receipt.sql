{#- The order in which rows were received, the last is the latest: of one day by the names of their files, in which
    numbers count as numbers (page_9 before page_10), then by their place in the file. -#}
{% macro receipt() -%}
    landing_day,
    -- Each run of digits with 20 zeros in front, of which the last 20 digits stay.
    regexp_replace(
        regexp_replace(file_name, '([0-9]+)', '00000000000000000000\1', 'g'), '[0-9]*([0-9]{20})', '\1', 'g'
    ),
    file_name,
    record_number,
    row_in_record
{%- endmacro %}
