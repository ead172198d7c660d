"""What DuckDB is asked of JSON objects, which stand in a table `lines`."""

from __future__ import annotations

KEYS = """
with named as (
    select unnest(json_keys(line)) as name, line_number
    from lines
    where json_valid(line)
)

select name, min(line_number) as first_line
from named
group by name
order by first_line, name
limit 1000
"""
"""Their keys, each with the line on which it stands first."""


def taking_apart(levels: int) -> str:
    """Return the query that unrolls so many lists within each other and reads at every level.

    It takes `each0` and so on, the pointer of each list, and `p0` and so on, the pointers that are read at each level.
    """
    steps = [
        "s0 as (select record_number, line_number, 0::bigint as element, "
        "case when json_valid(line) then line end as l0 from lines)"
    ]
    for level in range(levels):
        inner = f"json_extract(l{level}, $each{level})"
        is_list = f"json_type({inner}) = 'ARRAY' and json_array_length({inner}) > 0"
        # Where there is no list, or nothing in it, the object itself stays, so that it is counted.
        elements = f"case when {is_list} then cast({inner} as json[]) else [null::json] end"
        unrolled = (
            f"select *, unnest({elements}) as l{level + 1}, generate_subscripts({elements}, 1) as place from s{level}"
        )
        number = "row_number() over (order by record_number, element, place)"
        steps.append(f"s{level + 1} as (select * exclude (place) replace ({number} as element) from ({unrolled}))")
    last = f"l{levels}"
    texts = ", ".join(f"json_extract_string(l{level}, $p{level})" for level in range(levels + 1))
    kinds = ", ".join(f"json_type(l{level}, $p{level})" for level in range(levels + 1))
    joined = "{}" if not levels else "flatten([{}])"
    kind = f"case when json_type(l0) = 'OBJECT' and {last} is null then 'NOTHING' else json_type({last}) end"
    if levels:
        kind = f"case when json_type(l0) != 'OBJECT' then json_type(l0) else {kind} end"
    return (
        f"with {', '.join(steps)} select record_number, line_number, element, {kind} as kind, "
        f"{joined.format(texts)} as texts, {joined.format(kinds)} as kinds from s{levels} "
        "order by record_number, element"
    )
