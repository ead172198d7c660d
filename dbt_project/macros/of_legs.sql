{# How the legs and offers of one contact make its measures, wherever they come together: counts of contacts stand
once however many have them, and a mean is a mean over all that was answered, not a sum of the means of its legs. #}
{% macro together() -%}
    {{ each_measure('max({}) as {}', ['fct_contact_leg', 'fct_agent_offer'], 'once') }},
    {{ each_measure('cast(sum({}) as {type}) as {}', 'fct_contact_leg', 'sum') }},
    {{ each_measure(
        'cast(coalesce(sum({numerator}) / nullif(sum({denominator}), 0), 0) as decimal(18, 4)) as {}',
        'fct_contact_leg', 'ratio'
    ) }}
{%- endmacro %}

{# One row per contact or visit that has legs. Nearly every contact has one leg, and its sums are that leg's: only the
others are worth the adding up. #}
{% macro leg_sums(unit_key) -%}
    select
        {{ unit_key }},
        {{ each_measure('{}', 'fct_contact_leg') }}
    from legs
    where is_owner_leg and leg_number = 1
    union all by name
    select
        {{ unit_key }},
        {{ together() }}
    from legs
    where not (is_owner_leg and leg_number = 1)
    group by {{ unit_key }}
{%- endmacro %}
