{#- Rows that share all of the columns with another row. `within`: the columns tell the period or day by
    which rows are kept, so that no row of one that this build makes anew can share them with a row that stays. -#}
{% test unique_together(model, columns, within=none) %}
    select
        {{ columns | join(', ') }},
        count(*) as row_count
    from {{ model }}
    {%- if within == 'touched_periods' %}
    where {{ of_touched_periods() }}
    {%- elif within == 'touched_days' %}
    where {{ of_touched_days('local_date') }}
    {%- endif %}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
