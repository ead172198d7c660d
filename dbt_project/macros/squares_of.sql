{# The square of each column whose whole name fits the pattern, as <name>_squared. The product of two narrow decimals is as
narrow, and would not hold the square of a wait of twelve days. #}
{% macro squares_of(pattern) -%}
    columns('^({{ pattern }})$')::decimal(38, 4) * columns('^({{ pattern }})$')::decimal(38, 4) as '\1_squared'
{%- endmacro %}
