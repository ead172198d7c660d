{#- Numerator and denominator of a KPI over a stretch of days of a scope, per window. `scope_days` is that of
int_measure__scope_day; `windows` is a CTE with the columns named by `keys`,
window_scope_kind, window_scope_id, window_from, window_to (the first day after it), kpi_group, and the places of both measures
in the list of all: numerator_position, denominator_position. Without what incidents take out of the KPI's group. -#}
{% macro window_amounts(windows, scope_days, keys) -%}
select
    {% for key in keys -%}
    {{ key }},
    {% endfor -%}
    sum(sign * amounts[numerator_position]) as numerator,
    sum(sign * amounts[denominator_position]) as denominator
from (
    select
        {% for key in keys -%}
        {{ windows }}.{{ key }},
        {% endfor -%}
        {{ windows }}.numerator_position,
        {{ windows }}.denominator_position,
        if({{ scope_days }}.kpi_group = '', 1, -1) as sign,
        [
            {{ each_measure(scope_days ~ '.{}') }}
        ] as amounts
    from {{ windows }}
    inner join {{ scope_days }}
        on
            {{ windows }}.window_scope_kind = {{ scope_days }}.scope_kind
            and {{ windows }}.window_scope_id = {{ scope_days }}.scope_id
            and {{ windows }}.window_from <= {{ scope_days }}.scope_date
            and {{ windows }}.window_to > {{ scope_days }}.scope_date
            and {{ scope_days }}.kpi_group in ('', {{ windows }}.kpi_group)
) as days_in_windows
group by {{ keys | join(', ') }}
{%- endmacro %}

{#- The place of each measure in the list that `window_amounts` reads, as one map. -#}
{% macro measure_positions() -%}
select map_from_entries(list((measures.measure, measures.position))) as position_by_measure
from (
    values
    {{ each_measure("('{}', {position})") }}
) as measures (measure, position)
{%- endmacro %}
