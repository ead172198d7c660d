{# The work of agents as the facts have it, for tests of what is made of it: sums by agent, his day, and the day of the
number, of days whose measures this build makes anew. Of work by nobody known the agent is empty. #}
{% macro work_of_agents() -%}
    select
        agent_id,
        agent_date,
        contact_date as scope_date,
        {{ each_measure('sum({}) as {}', 'fct_contact_leg') }}
    from {{ ref('fct_contact_leg') }}
    where {{ on_changed_dates('contact_date') }}
    group by agent_id, agent_date, contact_date
    union all by name
    select
        agent_id,
        agent_date,
        scope_date,
        {{ each_measure_of_records('sum({}) as {}') }}
    from (
        {{ person_records() }}
    ) as records
    where {{ on_changed_dates('scope_date') }}
    group by agent_id, agent_date, scope_date
    union all by name
    select
        agent_days.agent_id,
        agent_days.agent_date,
        agent_days.agent_date as scope_date,
        {{ each_measure('agent_days.{}', 'fct_agent_day') }},
        agent_days.leavers * settings.replacement_cost as leaver_replacement_cost
    from {{ ref('fct_agent_day') }} as agent_days
    cross join {{ ref('stg_centre_setting') }} as settings
    where {{ on_changed_dates('agent_days.agent_date') }}
    union all by name
    -- What is asked of contacts, and what went into the vital few, stands in no fact.
    select
        agent_id,
        agent_date,
        scope_date,
        {{ each_measure('sum({}) as {}', ['int_customer__repeat', 'int_measure__person_day'], but=['leaver_replacement_cost']) }}
    from {{ ref('int_measure__person_day') }}
    where
        kpi_group = ''
        and {{ on_changed_dates('scope_date') }}
    group by agent_id, agent_date, scope_date
    union all by name
    select
        agent_id,
        agent_date,
        scope_date,
        {{ each_square_of_work('{}') }}
    from {{ ref('int_measure__work_square') }}
    where
        kpi_group = ''
        and {{ on_changed_dates('scope_date') }}
{%- endmacro %}

{# Measures that no agent has a part in: visitors, forecasts, and what belongs to a team and to nobody in it. #}
{% macro measures_of_nobody() -%}
    'visitors', 'customer_days', {{ each_measure("'{}'", ['fct_forecast_interval', 'fct_team_record']) }}
{%- endmacro %}

{# One text for each measure of this work that can add up over agents. #}
{% macro each_work_measure(text) -%}
    {{ each_measure(text, ['fct_contact_leg', 'fct_agent_day', 'int_customer__repeat', 'int_measure__person_day'], 'sum') }},
    {{ each_measure_of_records(text) }},
    {{ each_square_of_work(text) }}
{%- endmacro %}

{# Messages that no agent ever had, by day. #}
{% macro unclaimed_messages() -%}
    select
        contact_date as scope_date,
        {{ each_measure('sum({}) as {}', 'fct_contact', unit='messages') }}
    from {{ ref('fct_contact') }}
    where
        leg_count = 0
        and {{ on_changed_dates('contact_date') }}
    group by contact_date
{%- endmacro %}

{# The rest of a query whose CTE `units` has records by scope and date with measures of these facts: numerators and
denominators of months that are not the sum of their records, of the months whose values this build makes anew. Months
add up to everything, which is held by a test of its own. #}
{% macro values_unlike_their_records(facts) -%}
wide as (

    select
        scope_kind,
        scope_id,
        date_trunc('month', scope_date)::date as month_start,
        {{ each_measure('coalesce(sum({}), 0)::decimal(18, 4) as {}', facts) }}
    from units
    group by scope_kind, scope_id, date_trunc('month', scope_date)::date

),

contributions as (

    unpivot wide
    on columns(* exclude (scope_kind, scope_id, month_start))
    into name measure value amount

),

kpi_values as (

    select
        fct_kpi_value.scope_kind,
        fct_kpi_value.scope_id,
        fct_kpi_value.kpi_id,
        fct_kpi_value.period_start as month_start,
        unnest([dim_kpi.numerator_measure, dim_kpi.denominator_measure]) as measure,
        unnest([fct_kpi_value.raw_numerator, fct_kpi_value.raw_denominator]) as amount
    from {{ reckoned_values() }} as fct_kpi_value
    inner join {{ ref('dim_kpi') }} as dim_kpi
        on fct_kpi_value.kpi_id = dim_kpi.kpi_id
    where
        fct_kpi_value.period_kind = 'month'
        and {{ of_touched_periods() }}
        -- What is not recorded in a scope has no sums there.
        and fct_kpi_value.raw_numerator is not null

)

select
    kpi_values.scope_kind,
    kpi_values.scope_id,
    kpi_values.kpi_id,
    kpi_values.month_start,
    kpi_values.measure,
    kpi_values.amount,
    contributions.amount as contributed_amount
from kpi_values
inner join contributions
    on
        kpi_values.scope_kind = contributions.scope_kind
        and kpi_values.scope_id = contributions.scope_id
        and kpi_values.month_start = contributions.month_start
        and kpi_values.measure = contributions.measure
where kpi_values.amount is distinct from contributions.amount
{%- endmacro %}

{# The rest of a query with the CTEs `expected_wide` and `found_wide`, one row per these keys with a column per measure:
measures of the CTE `additive` whose amounts are not the same in both. #}
{% macro amounts_that_differ(keys) -%}
expected as (

    unpivot expected_wide
    on columns(* exclude ({{ keys | join(', ') }}))
    into name measure value amount

),

found as (

    unpivot found_wide
    on columns(* exclude ({{ keys | join(', ') }}))
    into name measure value amount

),

compared as (

    select
        {% for key in keys -%}
        coalesce(expected.{{ key }}, found.{{ key }}) as {{ key }},
        {% endfor -%}
        coalesce(expected.measure, found.measure) as measure,
        coalesce(expected.amount, 0) as amount_of_parts,
        coalesce(found.amount, 0) as amount_of_whole
    from expected
    full join found
        on
            expected.measure = found.measure
            {% for key in keys -%}
            and expected.{{ key }} = found.{{ key }}
            {% endfor %}
)

select compared.*
from compared
semi join additive
    on compared.measure = additive.measure
where compared.amount_of_parts != compared.amount_of_whole
{%- endmacro %}
