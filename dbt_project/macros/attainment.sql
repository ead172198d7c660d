{#- How much of its weight a value brings on the curve of a policy: all of it from full_low to full_high, less in a straight
line down to none at zero_low and zero_high; a side that is not drawn is open. -#}
{% macro attainment(value) -%}
    case
        when {{ value }} is null then null
        when {{ value }} < full_low
            then coalesce(greatest(({{ value }} - zero_low) / nullif(full_low - zero_low, 0), 0), 0)
        when {{ value }} > full_high
            then coalesce(greatest((zero_high - {{ value }}) / nullif(zero_high - full_high, 0), 0), 0)
        else 1
    end
{%- endmacro %}

{#- Versions of a section of the policy, each with the day before which it holds: until the next one that says from when. -#}
{% macro policy_stretches(section) -%}
    select
        version,
        valid_from,
        coalesce(lead(valid_from) over (order by valid_from), 'infinity'::date) as valid_to,
        is_complete
    from {{ ref('stg_policy_versions') }}
    where
        section = '{{ section }}'
        and valid_from is not null
{%- endmacro %}
