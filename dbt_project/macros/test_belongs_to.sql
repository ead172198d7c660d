{#- Facts of contacts whose column names no row of another fact of the same contact, among those that this build makes
    anew: both are kept by the date of the contact, so that of a date that stays they belong together as they did. -#}
{% test belongs_to(model, column_name, to, field) %}
    select children.{{ column_name }}
    from (select * from {{ model }} where {{ on_remade_dates() }}) as children
    anti join (select * from {{ to }} where {{ on_remade_dates() }}) as parents
        on
            children.contact_date = parents.contact_date
            and children.{{ column_name }} = parents.{{ field }}
    where children.{{ column_name }} is not null
{% endtest %}
