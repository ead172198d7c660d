{# The square of each measure of these facts that is squared, as <name>_squared. The product of two narrow decimals is
as narrow, and would not hold the square of a wait of twelve days. `of` says whose columns they are. #}
{% macro squares_of(facts, in_team=none, of='') -%}
    {{ each_measure(
        of ~ '{base}::decimal(38, 4) * ' ~ of ~ '{base}::decimal(38, 4) as {}', facts, in_team, squares=true
    ) }}
{%- endmacro %}
