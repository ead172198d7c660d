{#- Rows of a CTE in which an agent stands for the account that their source knew him by at an instant; a CTE accounts has
int_agent__account. -#}
{% macro by_account(rows, agent, instant) -%}
    select
        {{ rows }}.* exclude ({{ agent }}),
        coalesce(accounts.agent_id, {{ rows }}.{{ agent }}) as {{ agent }}
    from {{ rows }}
    left join accounts
        on
            {{ rows }}.source_id = accounts.source_id
            and {{ rows }}.{{ agent }} = accounts.account
            and {{ rows }}.{{ instant }} >= accounts.mapped_from
            and {{ rows }}.{{ instant }} < accounts.mapped_until
{%- endmacro %}
