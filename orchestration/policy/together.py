"""Versions beside each other: two of one name, two for the same month and the same people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, zip_longest

from orchestration.policy.contests import Contest, Contests
from orchestration.policy.versions import SECTIONS, Dated, Fault, in_order
from orchestration.policy.yaml_text import Place


def contradictions(versions: Sequence[Dated]) -> Iterator[Fault]:
    """Yield what is wrong with versions of one section that are right by themselves."""
    for section in SECTIONS:
        ordered = list(in_order(list(versions), section))
        for one, other in combinations(ordered, 2):
            if one.name == other.name:
                yield Fault((*other.place, "version"), f"{one.name} names two versions; give each a name of its own")
            elif one.valid_from is not None and one.valid_from == other.valid_from:
                yield from _of_one_month(one, other)
    yield from _contests_of_one_name(versions)


def _of_one_month(one: Dated, other: Dated) -> Iterator[Fault]:
    both = f"versions {one.name} and {other.name} hold from the same month, {one.valid_from:%Y-%m}"
    if one.section != "assessment":
        yield Fault((*other.place, "valid_from"), f"{both}; only one can")
        return
    if one.applies_to is None or other.applies_to is None:
        return
    roles = [role for role in one.applies_to.roles if role in other.applies_to.roles]
    kinds = [kind or "none" for kind in one.applies_to.team_kinds if kind in other.applies_to.team_kinds]
    if roles and kinds:
        whom = f"role {', '.join(roles)} in teams of kind {', '.join(kinds)}"
        yield Fault(
            (*other.place, "applies_to"), f"{both}, both for {whom}; one version holds for a person and a month"
        )


@dataclass(frozen=True)
class Held:
    """A contest that is held, and the version that it is held by; `place` leads to it in the file."""

    version: Dated
    contest: Contest
    place: Place
    contest_id: str
    first: date
    last: date


def held_contests(versions: Sequence[Dated]) -> Iterator[Held]:
    """Yield every contest that begins while its version holds; a monthly one is a contest of each month."""
    ordered = list(in_order(list(versions), "contests"))
    for one, after in zip_longest(ordered, ordered[1:]):
        rules = one.rules
        until = (after and after.valid_from) or date.max
        for number, contest in enumerate((rules.contests or ()) if isinstance(rules, Contests) else ()):
            for name, first, last in contest.held():
                if first < until:
                    yield Held(one, contest, (*one.place, "contests", number), name, first, last)


def _contests_of_one_name(versions: Sequence[Dated]) -> Iterator[Fault]:
    by_name: dict[str, str] = {}
    for held in held_contests(versions):
        if held.contest_id in by_name:
            yield Fault(
                (*held.place, "contest_id"),
                f"{held.contest_id} is a contest of version {by_name[held.contest_id]} already; "
                "results name the contest, so give this one another contest_id",
            )
        by_name[held.contest_id] = held.version.name
