{#- Rank of a value among those of its group, equal values sharing the mean of their places: the correlation of two such
ranks is Spearman's. -#}
{% macro shared_rank(value, group) -%}
    rank() over (partition by {{ group }} order by {{ value }})
    + (count(*) over (partition by {{ group }}, {{ value }}) - 1) / 2.0
{%- endmacro %}
