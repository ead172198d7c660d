{#- Rows of a CTE at the centre, and once more in each team that their agent was in on their date: the rows have agent_id
and agent_date, and a CTE agent_teams has one row per agent, date and team. -#}
{% macro in_centre_and_teams(rows) -%}
    select
        'centre' as scope_kind,
        'centre' as scope_id,
        *
    from {{ rows }}
    union all by name
    select
        'team' as scope_kind,
        agent_teams.team_id as scope_id,
        {{ rows }}.*
    from {{ rows }}
    inner join agent_teams
        on
            {{ rows }}.agent_id = agent_teams.agent_id
            and {{ rows }}.agent_date = agent_teams.agent_date
{%- endmacro %}
