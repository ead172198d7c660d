{#- Facts of contacts whose column names no row of another fact of the same contact, among those that this build makes
    anew: both are kept by the date of the contact, so that of a date that stays they belong together as they did.
    `of_ratings`: those of ratings, which are made anew on dates of their own. -#}
{% test belongs_to(model, column_name, to, field, of_ratings=false) %}
    {%- set made_anew =
        on_changed_dates('contact_date', 'int_rating__changed_date') if of_ratings else on_remade_dates() %}
    select children.{{ column_name }}
    from (select * from {{ model }} where {{ made_anew }}) as children
    anti join (select * from {{ to }} where {{ made_anew }}) as parents
        on
            children.contact_date = parents.contact_date
            and children.{{ column_name }} = parents.{{ field }}
    where children.{{ column_name }} is not null
{% endtest %}
