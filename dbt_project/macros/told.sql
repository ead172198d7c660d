{#- A value of a KPI in words, with its unit: 0.983 as 98.3 %, 75 seconds as 75 s. Halves are rounded up. -#}
{% macro told_value(value, unit, decimals, language) -%}
    case {{ unit }}
        when 'share'
            then {{ told_number('100 * ' ~ value, decimals) }} || '{{ ' %' if language == 'en' else '%' }}'
        when 'seconds' then {{ told_number(value, decimals) }} || '{{ ' s' if language == 'en' else ' 秒' }}'
        when 'hours' then {{ told_number(value, decimals) }} || '{{ ' h' if language == 'en' else ' 小时' }}'
        when 'minutes' then {{ told_number(value, decimals) }} || '{{ ' min' if language == 'en' else ' 分钟' }}'
        when 'per_1000'
            then {{ told_number(value, decimals) }} || '{{ ' per 1,000' if language == 'en' else ' / 千次' }}'
        else {{ told_number(value, decimals) }}
    end
{%- endmacro %}

{% macro told_number(value, decimals) -%}
    format('{:.{}f}', round(cast({{ value }} as double), {{ decimals }}), {{ decimals }})
{%- endmacro %}

{#- A band in words, with as many decimals as its values; an open side is left out, and without a side it is NULL. -#}
{% macro told_band(lower, upper, unit, decimals, language) -%}
    case
        when {{ lower }} is null then '≤ ' || {{ told_value(upper, unit, decimals, language) }}
        when {{ upper }} is null then '≥ ' || {{ told_value(lower, unit, decimals, language) }}
        else
            {{ told_value(lower, unit, decimals, language) }}
            || ' – '
            || {{ told_value(upper, unit, decimals, language) }}
    end
{%- endmacro %}

{#- A name or title from data in a message: one line, and no sign by which a chat calls people or makes a link. -#}
{% macro told_name(text) -%}
    translate(left(regexp_replace({{ text }}, '[[:cntrl:]]', ' ', 'g'), 120), '<>@[]*_`|', '‹›＠()····')
{%- endmacro %}

{% macro told_date(day, language) -%}
    strftime({{ day }}, '{{ '%-d %b %Y' if language == 'en' else '%Y-%m-%d' }}')
{%- endmacro %}
