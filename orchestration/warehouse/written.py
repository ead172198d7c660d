"""Parts of files by hand that are made from a declaration: they stand between two comments of their own."""

from __future__ import annotations

from orchestration.home.paths import CHECKOUT

DRILL = CHECKOUT / "reports" / "sources" / "drill.sql"
"""The SQL of the records, which has a part made from the measures and one from the facts with records."""

LAST = "so far."


def with_part(text: str, mark: str, lines: str) -> str:
    """Return the SQL with other lines between the comments `mark` and `so far.`; raise ValueError without these."""
    found = [line for line in text.splitlines(keepends=True) if line.strip() == f"-- {mark}"]
    if len(found) != 1:
        raise ValueError(f"no place, or several, for what stands between '-- {mark}' and '-- {LAST}'")
    before, _, rest = text.partition(found[0])
    indent = found[0][: len(found[0]) - len(found[0].lstrip())]
    last = f"{indent}-- {LAST}\n"
    if last not in rest:
        raise ValueError(f"'-- {mark}' has no '-- {LAST}' behind it")
    return f"{before}{found[0]}{lines}{last}{rest.partition(last)[2]}"
