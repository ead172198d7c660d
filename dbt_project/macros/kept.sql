{#- The accepted rows of a feed that count: without those that repeat another row or that a later one has replaced. -#}
{% macro kept(feed) -%}
    select source.*
    from {{ source('raw', feed) }} as source
    anti join (select * from {{ ref('stg_set_aside') }} where feed = '{{ feed }}') as set_aside
        on
            source.source_id = set_aside.source_id
            and source.landing_day = set_aside.landing_day
            and source.file_name = set_aside.file_name
            and source.file_hash = set_aside.file_hash
            and source.record_number = set_aside.record_number
            and source.row_in_record = set_aside.row_in_record
{%- endmacro %}
