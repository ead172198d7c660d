{#- How tables, views and kept tables come about, in one statement each. What dbt-duckdb does instead, a table under
    another name, two renames and a drop, makes a table safe for who reads it meanwhile: nobody reads what a build makes
    before it has ended. It took a tenth of a night's run. -#}

{% materialization table, adapter='duckdb' %}
    {%- set made = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {{ drop_relation_if_exists(load_cached_relation(this)) }}
    {% call statement('main') %}{{ create_table_as(False, made, compiled_code) }}{% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set made = this.incorporate(type='view') -%}
    {{ run_hooks(pre_hooks) }}
    {{ drop_relation_if_exists(load_cached_relation(this)) }}
    {% call statement('main') %}{{ create_view_as(made, compiled_code) }}{% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}

{#- Rows are added to a table that is there: what they take the place of, a hook has removed in the same transaction.
    A column that the table has not stops the build; one that a model lost would stay empty, but changed models lead to
    a build of everything, into new files. (Nothing reads `on_schema_change: fail`: dbt wants it beside a contract.) -#}
{% materialization incremental, adapter='duckdb' %}
    {%- set kept = load_cached_relation(this) -%}
    {%- set made = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') %}
        {%- if kept is none -%}
            {{ create_table_as(False, made, compiled_code) }}
        {%- else -%}
            insert into {{ made }} by name ({{ compiled_code }})
        {%- endif -%}
    {% endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [made]}) }}
{% endmaterialization %}
