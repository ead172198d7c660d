{#- Opening hours between two instants of a row: both macros are for a model that has `int_opening__hour` as `hours` and
    `int_opening__bounds` as `bounds`. -#}

{#- Joins the latest openings at the two instants, as `earlier` and `later`. -#}
{% macro join_openings(row, began_at, ended_at) -%}
    {%- for opening, instant in [('earlier', began_at), ('later', ended_at)] %}
    left join hours as {{ opening }}
        on
            {{ row }}.channel = {{ opening }}.channel
            and greatest(
                least(epoch_ms({{ row }}.{{ instant }}) // 3600000, (select bounds.last_hour from bounds)),
                (select bounds.first_hour from bounds)
            ) = {{ opening }}.hour_number
            and {{ row }}.{{ instant }} >= {{ opening }}.opens_at
            and {{ row }}.{{ instant }} < {{ opening }}.next_opens_at
    {%- endfor %}
{%- endmacro %}

{#- Open milliseconds between the two instants; null for a channel without opening hours. -#}
{% macro open_ms(row, began_at, ended_at) -%}
    later.business_ms_less_opening + least(epoch_ms({{ row }}.{{ ended_at }}), epoch_ms(later.closes_at))
    - earlier.business_ms_less_opening - least(epoch_ms({{ row }}.{{ began_at }}), epoch_ms(earlier.closes_at))
{%- endmacro %}
