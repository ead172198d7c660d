{#- What is not as the last complete build found it, of the import CTEs `inputs` and `inputs_before`: the keys of every
    row that one of them alone has, or whose digest or number of rows differs. `keys` are columns of both that together
    name a row; `undated` is the one of them, a date, that may be without a value. -#}
{%- macro changed_inputs(keys, undated=none) -%}
    select
        {%- for key in keys %}
        coalesce(inputs.{{ key }}, inputs_before.{{ key }}) as {{ key }}{{ "," if not loop.last }}
        {%- endfor %}
    from inputs
    full outer join inputs_before
        on
            {%- for key in keys %}
            {{ "and " if not loop.first }}
            {%- if key == undated -%}
                coalesce(inputs.{{ key }}, '-infinity'::date) = coalesce(inputs_before.{{ key }}, '-infinity'::date)
            {%- else -%}
                inputs.{{ key }} = inputs_before.{{ key }}
            {%- endif -%}
            {%- endfor %}
    where
        inputs.digest is distinct from inputs_before.digest
        or inputs.row_count is distinct from inputs_before.row_count
{%- endmacro -%}
