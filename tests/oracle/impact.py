"""Who makes the gap between a value and its bound, from the sums of each person and of the days whose teams hold."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple, cast

from tests.oracle.book import Scope
from tests.oracle.catalogue import Kpi, counts_contacts, kpis
from tests.oracle.causes import Named, causes_of, records_with_causes
from tests.oracle.feeds import Centre
from tests.oracle.formulas import CUSTOMER_SHARE, FORMULAS, PEAKS, scale_of
from tests.oracle.people import team_parents, teams_of
from tests.oracle.periods import Period, periods
from tests.oracle.targets import home_team
from tests.oracle.values import Oracle

CENTRE: Scope = ("centre", "centre")
WEEKS = 8


class Member(NamedTuple):
    """What somebody did on a day: his own team that day and those above it, and those that he was a guest of."""

    scope: Scope
    agent_id: str
    path: tuple[str, ...]
    guest_of: frozenset[str]

    def below(self, whole: Scope) -> str:
        """The team directly below a whole through which he works in it; empty where he does so himself."""
        if whole == CENTRE:
            return self.path[-1] if self.path else ""
        place = self.path.index(whole[1]) if whole[1] in self.path else 0
        return self.path[place - 1] if place else ""

    def is_in(self, whole: Scope) -> bool:
        """Whether his work counts in a whole."""
        return whole == CENTRE or whole[1] in self.path or whole[1] in self.guest_of


class Part(NamedTuple):
    """A part of a whole: in which split, of what kind, and which."""

    split: str
    kind: str
    part_id: str


class Share(NamedTuple):
    """What a part has of the numerator, the denominator and the records."""

    above: float
    below: float
    n: int


class Gap(NamedTuple):
    """A whole with a bound, in one period."""

    kpi: Kpi
    scope: Scope
    period: Period
    bound: float
    is_upper: bool
    row: Mapping[str, object]


Key = tuple[str, Scope, Period, Part]


def impact_rows(oracle: Oracle) -> dict[Key, dict[str, object]]:
    """Reckon the columns of every row of the table."""
    found: dict[Key, dict[str, object]] = {}
    records = records_with_causes(oracle.centre)
    for period in taken_apart(oracle):
        members = members_of(oracle, period)
        for gap in gaps(oracle, period):
            parts = parts_of(oracle, gap, members) | causes_in(gap, records)
            for part, share in parts.items():
                found[gap.kpi.kpi_id, gap.scope, period, part] = columns(gap, part, share)
    return found


def taken_apart(oracle: Oracle) -> list[Period]:
    """Months, quarters, the latest weeks and the last 28 days."""
    every = sorted(periods(oracle.dates, every_trailing=False))
    weeks = [one for one in every if one.kind == "week"][-WEEKS:]
    return [one for one in every if one.kind in ("month", "quarter", "trailing_28")] + weeks


def members_of(oracle: Oracle, period: Period) -> list[Member]:
    """Everybody with anything in a period, once for each of the days whose teams held."""
    scopes = {scope for scope, day in oracle.whole.sums if scope[0] == "member" and period.start <= day < period.end}
    return [_member(oracle.centre, scope) for scope in sorted(scopes)]


def _member(centre: Centre, scope: Scope) -> Member:
    agent_id, _, day = scope[1].rpartition("|")
    held_on, parents = date.fromisoformat(day), team_parents(centre)
    path: list[str] = []
    team = home_team(centre, agent_id, held_on)
    while team:
        path.append(team)
        team = parents.get(team, "")
    return Member(scope, agent_id, tuple(path), frozenset(teams_of(centre, agent_id, held_on)) - set(path))


def gaps(oracle: Oracle, period: Period) -> Iterator[Gap]:
    """Yield every whole with a value and a bound that judges this kind of period."""
    wholes = [CENTRE, *(("team", row["team_id"]) for row in oracle.centre.rows("teams"))]
    for kpi_id, kpi in kpis().items():
        is_ratio = kpi_id in FORMULAS and FORMULAS[kpi_id][1] and kpi_id not in {*PEAKS, CUSTOMER_SHARE}
        is_judged = not kpi.judged_periods or period.kind in kpi.judged_periods
        if not is_ratio or not is_judged or kpi_id in ("quality_reviews_per_agent_day", "agent_turnover_plain_rate"):
            continue
        for scope in wholes:
            row = oracle.row(kpi_id, scope, period) if scope[0] in kpi.scopes else {}
            if row.get("value") is not None and kpi.is_told_by(period.kind):
                bound = bound_of(kpi, row)
                if bound:
                    yield Gap(kpi, scope, period, *bound, row)


def bound_of(kpi: Kpi, row: Mapping[str, object]) -> tuple[float, bool] | None:
    """The bound on the unpleasant side and whether above it is bad; where both are, the violated or the nearer one."""
    lower, upper = cast("float | None", row["lower_bound"]), cast("float | None", row["upper_bound"])
    if lower is None or upper is None:
        only = upper if lower is None else lower
        return None if only is None else (only, lower is None)
    if kpi.pleasant_side == "low" or kpi.direction == "lower":
        return upper, True
    if kpi.pleasant_side == "high" or kpi.direction == "higher":
        return lower, False
    value = float(cast("float", row["value"]))
    # Exactly halfway is a matter of decimals: a hair below it is halfway too.
    is_upper = abs(upper - value) <= abs(value - lower) + 1e-12
    return (upper, True) if is_upper else (lower, False)


def parts_of(oracle: Oracle, gap: Gap, members: list[Member]) -> dict[Part, Share]:
    """All parts of a whole that have anything of it, with what is left over."""
    here = [member for member in members if member.is_in(gap.scope)]
    by_team: dict[str, list[Member]] = defaultdict(list)
    for member in here:
        by_team[member.below(gap.scope)].append(member)
    found: dict[Part, Share] = {}
    if "team" in gap.kpi.scopes and any(by_team):
        found |= _with_rest(gap, "team", dict(_teams(oracle, gap, by_team, members)))
    if "agent" in gap.kpi.scopes and (gap.scope == CENTRE or not any(by_team)):
        found |= _with_rest(gap, "agent", dict(_agents(oracle, gap, here)))
    return found


def causes_in(gap: Gap, records: list[Named]) -> dict[Part, Share]:
    """The causes of what a numerator counts; all that there was to do is left, and with it what the bound allows."""
    causes = causes_of(records, gap.kpi.kpi_id, gap.scope, gap.period)
    return _with_rest(
        gap, "cause", {Part("cause", "cause", one): Share(has[0], 0, has[1]) for one, has in causes.items()}
    )


def _teams(
    oracle: Oracle, gap: Gap, by_team: dict[str, list[Member]], members: list[Member]
) -> Iterator[tuple[Part, Share]]:
    """A team's own value where all its work is in this whole by way of home; what its people did there otherwise."""
    for team, mine in by_team.items():
        everybody = [member for member in members if member.is_in(("team", team))]
        if team and len(mine) == len(everybody):
            yield from _told(oracle, gap, "team", ("team", team))
        else:
            yield Part("team", "team" if team else "unassigned", team or "unassigned"), _sum(oracle, gap, mine)


def _agents(oracle: Oracle, gap: Gap, here: list[Member]) -> Iterator[tuple[Part, Share]]:
    by_agent: dict[str, list[Member]] = defaultdict(list)
    for member in here:
        by_agent[member.agent_id].append(member)
    for agent_id, mine in by_agent.items():
        if not agent_id:
            yield Part("agent", "unassigned", "unassigned"), _sum(oracle, gap, mine)
        elif gap.scope == CENTRE:
            yield from _told(oracle, gap, "agent", ("agent", agent_id))
        else:
            yield Part("agent", "agent", agent_id), _sum(oracle, gap, mine)


def _told(oracle: Oracle, gap: Gap, split: str, scope: Scope) -> Iterator[tuple[Part, Share]]:
    row = oracle.row(gap.kpi.kpi_id, scope, gap.period)
    if row["numerator"] is not None:
        yield Part(split, scope[0], scope[1]), _share(row)


def _share(row: Mapping[str, object]) -> Share:
    above, below = (float(cast("float", row[column])) for column in ("numerator", "denominator"))
    return Share(above, below, cast("int", row["n"]))


def _sum(oracle: Oracle, gap: Gap, members: list[Member]) -> Share:
    sums = [oracle.adjusted(gap.kpi, member.scope, gap.period) for member in members]
    return Share(sum(one[0] for one in sums), sum(one[1] or 0 for one in sums), sum(one[2] for one in sums))


def _with_rest(gap: Gap, split: str, parts: dict[Part, Share]) -> dict[Part, Share]:
    """Parts that have anything, and what is left: contacts that several had, or what nobody did."""
    is_once = counts_contacts(gap.kpi)
    kept = {
        part: share
        for part, share in parts.items()
        if (share.above or share.below) and (is_once or part.kind != "unassigned")
    }
    if not kept:
        return {}
    whole = _share(gap.row)
    rest = Share(*(of_whole - sum(of_parts) for of_whole, *of_parts in zip(whole, *kept.values(), strict=True)))
    if abs(rest.above) > 1e-6 or abs(rest.below) > 1e-6:
        word = "allowed" if split == "cause" else "shared" if is_once else "unassigned"
        kept[Part(split, word, word)] = rest._replace(n=whole.n) if split == "cause" else rest
    return kept


def columns(gap: Gap, part: Part, share: Share) -> dict[str, object]:
    """What the table says of a part."""
    sign, scale = (1 if gap.is_upper else -1), scale_of(gap.kpi.kpi_id, 0)
    whole, value = _share(gap.row), float(cast("float", gap.row["value"]))
    others = whole.below - share.below
    is_alone = part.kind == "shared" or others <= 0
    return {
        "numerator": share.above,
        "denominator": share.below,
        "n": share.n,
        "bound": gap.bound,
        "side": "upper" if gap.is_upper else "lower",
        "whole_value": value,
        "gap": sign * (value - gap.bound),
        "contribution": sign * (scale * share.above / whole.below - gap.bound * share.below / whole.below),
        "leave_one_out": None if is_alone else sign * (value - scale * (whole.above - share.above) / others),
        "is_small": part.kind not in ("shared", "cause", "allowed") and share.n < gap.kpi.min_sample,
    }
