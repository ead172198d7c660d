"""What has to know the measures before any table is there: `python -m orchestration.warehouse.measures` writes it.

A seed can be read only while the project runs, and columns have to be known before. So the seed of measures is written
into a macro of dbt and into the SQL of the records; a test holds both.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orchestration.home.paths import CHECKOUT
from orchestration.warehouse.seeds import SEEDS, Row, read_seed
from orchestration.warehouse.written import DRILL, with_part

MACRO = CHECKOUT / "dbt_project" / "macros" / "measures.sql"

_HEAD = """{#- Made from measures.csv by `python -m orchestration.warehouse.measures`; a test holds it.
    One text for each measure that fits, in the order of the seed and with commas between:
    {} is its name, {base} the measure that a square is of, {type} the type of its sum,
    {numerator} and {denominator} what a ratio is made of, {position} its number among those that fit, from 1.
    All conditions have to hold:
    facts: it is a column of one of these; a square: the measure it is of is
    also: and of this one
    in_team: how the rows of one contact make it in a team: once, sum, contact or ratio
    rollup: sum, max or distinct, one or several of them; none: any
    unit: what it is counted in
    squares: true are sums of squares, false all others; none: any
    but: not these
    A line for each, not a list: dbt reads this file anew for every model that asks. -#}
{% macro each_measure(
    text, facts=none, in_team=none, rollup=['sum'], squares=false, but=[], also=none, unit=none
) -%}
    {%- set facts = [facts] if facts is string else facts -%}
    {%- set texts = [] -%}
    {%- set lines = "
"""

_TAIL = """" -%}
    {%- for line in lines.strip().split('\n') -%}
        {%- set name, of_unit, type, of_rollup, of_team, numerator, denominator, of_facts = line.split(';') -%}
        {%- set in_fact = namespace(found=facts is none) -%}
        {%- for fact in facts or [] if '|' ~ fact ~ '|' in of_facts -%}{%- set in_fact.found = true -%}{%- endfor -%}
        {%- if in_fact.found
            and (squares is none or of_unit.endswith('_squared') == squares)
            and name not in but
            and (rollup is none or of_rollup in rollup)
            and (unit is none or of_unit == unit)
            and (in_team is none or of_team == in_team)
            and (also is none or '|' ~ also ~ '|' in of_facts) -%}
            {%- set filled = text.replace('{}', name) -%}
            {%- if '{' in filled -%}
                {%- set filled = filled.replace('{base}', name.replace('_squared', '')).replace('{type}', type)
                    .replace('{numerator}', numerator).replace('{denominator}', denominator)
                    .replace('{position}', (texts | length + 1) | string) -%}
            {%- endif -%}
            {%- do texts.append(filled) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- texts | join(',\n    ') -}}
{%- endmacro %}
"""


@dataclass(frozen=True)
class Measure:
    """A row of the seed, as far as SQL is made of it."""

    name: str
    unit: str
    rollup: str
    in_team: str
    ratio: tuple[str, str]
    facts: tuple[str, ...]

    @property
    def type(self) -> str:
        """The type of its sum: counts are whole numbers, which DuckDB would make wider than any fact needs."""
        return "decimal(38, 8)" if self.is_square else "decimal(18, 3)" if self.unit == "seconds" else "bigint"

    @property
    def is_square(self) -> bool:
        """Whether it is a sum of squares, by its unit."""
        return self.unit.endswith("_squared")


def read_measures(folder: Path = SEEDS) -> list[Measure]:
    """Return the measures of `<folder>/measures.csv` in their order."""
    return [_measure(row) for row in read_seed(folder, "measures")]


def _measure(row: Row) -> Measure:
    numerator, slash, denominator = row["in_team"].partition(" / ")
    in_team, ratio = ("ratio", (numerator, denominator)) if slash else (row["in_team"], ("", ""))
    return Measure(row["measure"], row["unit"], row["rollup"], in_team, ratio, tuple(row["facts"].split("|")))


def macro(folder: Path = SEEDS) -> str:
    """Return the text of the macro, with a line per measure of `<folder>/measures.csv`."""
    lines = (
        ";".join([one.name, one.unit, one.type, one.rollup, one.in_team, *one.ratio, f"|{'|'.join(one.facts)}|"])
        for one in read_measures(folder)
    )
    return "\n".join([_HEAD + next(lines), *lines]) + _TAIL


def drill(text: str, folder: Path = SEEDS) -> str:
    """Return the SQL of the records with the lines anew by which the legs of a contact come together in a team."""
    of_legs = [one for one in read_measures(folder) if "fct_contact_leg" in one.facts and not one.is_square]
    once = [f"        max(leg.{one.name}) as {one.name},\n" for one in of_legs if one.in_team == "once"]
    sums = [f"        sum(leg.{one.name})::{one.type} as {one.name},\n" for one in of_legs if one.in_team == "sum"]
    return with_part(text, "made from measures.csv:", "".join([*once, *sums]))


def write() -> None:
    """Write the macro and the SQL of the records."""
    MACRO.write_text(macro(), encoding="utf-8")
    DRILL.write_text(drill(DRILL.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
