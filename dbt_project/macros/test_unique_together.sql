{#- Rows that share all of the columns with another row. `within`: the columns tell the period or day by
    which rows are kept, so that no row of one that this build makes anew can share them with a row that stays.
    'remade_dates' is of facts of contacts whose columns don't tell their date: a row that is made anew may share them
    with any row, two that stay were unlike when they were made. 'changed_ratings' is the same of ratings, and
    'changed_rating_dates' of what is named by a rating and lies on its date. -#}
{% test unique_together(model, columns, within=none) %}
    select
        {{ columns | join(', ') }},
        count(*) as row_count
    from {{ model }}
    {%- if within == 'touched_periods' %}
    where {{ of_touched_periods() }}
    {%- elif within == 'touched_days' %}
    where {{ of_touched_days('local_date') }}
    {%- elif within == 'remade_dates' %}
    where
        ({{ columns | join(', ') }}) in (
            select ({{ columns | join(', ') }}) from {{ model }} where {{ on_remade_dates() }}
        )
    {%- elif within == 'changed_ratings' %}
    where
        ({{ columns | join(', ') }}) in (
            select ({{ columns | join(', ') }}) from {{ model }}
            where {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}
        )
    {%- elif within == 'changed_rating_dates' %}
    where {{ on_changed_dates('contact_date', 'int_rating__changed_date') }}
    {%- endif %}
    group by {{ columns | join(', ') }}
    having count(*) > 1
{% endtest %}
