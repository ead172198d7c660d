"""Small random centres in feed form: every kind of contact that the KPIs tell apart, a few dozen of them.

Instants within one contact differ by at least a second, so that no order is left to chance.
"""

import csv
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from tests.oracle.catalogue import Target
from tests.oracle.feeds import Centre, Source
from tests.oracle.opening import settings_lines
from tests.oracle.random_contacts import write_contacts
from tests.oracle.random_parts import NOT_RECORDED, RATED_CHANNELS, RECEIVED_WITHOUT_ROUTING, Spec, Writer
from tests.oracle.random_people import write_people
from tests.oracle.random_targets import draw_targets, target_lines


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """Draw a centre: a zone (with and without a clock change in these days), its size and its seed."""
    return Spec(
        seed=draw(st.integers(0, 2**32 - 1)),
        zone=draw(st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kolkata"])),
        days=draw(st.integers(5, 12)),
        agents=draw(st.integers(4, 9)),
        contacts=draw(st.integers(100, 220)),
    )


def write_centre(home: Path, spec: Spec) -> Centre:
    """Write landing files and centre.yaml of a random centre; return the same centre for the oracle, without rows."""
    writer = Writer(spec, Random(spec.seed))  # noqa: S311 - a reproducible sample, no secret
    write_people(writer)
    write_contacts(writer)
    for (source, feed), rows in writer.rows.items():
        path = home / "landing" / source / "2026-03-20" / f"{feed}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = list(dict.fromkeys(name for row in rows for name in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            sheet.writeheader()
            sheet.writerows(rows)
    targets = draw_targets(writer)
    (home / "centre.yaml").write_text(settings_text(spec, targets), encoding="utf-8")
    sources = {name: Source(name, topics, name == RECEIVED_WITHOUT_ROUTING) for name, topics in NOT_RECORDED.items()}
    rated = frozenset(RATED_CHANNELS)
    return Centre(writer.zone, sources, frozenset({"c0"}), rated_channels=rated, targets=targets)


def settings_text(spec: Spec, targets: tuple[Target, ...]) -> str:
    """Return centre.yaml of a random centre."""
    lines = ["name: Random centre", f"time_zone: {spec.zone}", "sources:"]
    for name, topics in NOT_RECORDED.items():
        lines += [f"  - name: {name}", "    kind: feed", "    anonymous_values: [c0]"]
        lines += [f"    not_recorded: [{', '.join(sorted(topics))}]"] if topics else []
        lines += ["    without_routing: received"] if name == RECEIVED_WITHOUT_ROUTING else []
    lines.append(f"rated_channels: [{', '.join(RATED_CHANNELS)}]")
    return "\n".join([*lines, *settings_lines(), *target_lines(targets), ""])
