"""What a policy comes to, for the person who wrote it: its versions, what they lack, what they compute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.policy import Policy
from orchestration.policy.assessment import Assessment
from orchestration.policy.together import held_contests
from orchestration.policy.versions import SECTIONS, Dated, in_order
from orchestration.policy.words import sentences
from orchestration.policy.words_names import named, several

COMPUTED = {
    "assessment": "assessments",
    "quality_index": "the quality index of every agent and team, and of the centre",
    "points": "points and ranks of every agent",
    "contests": "contests",
    "piece_rate": "the piece rate beside the assessments",
}


@dataclass(frozen=True)
class Checked:
    """A version as it is told: where it stands, from when until when, what it computes or lacks, and its words."""

    title: str
    is_complete: bool
    outcome: str
    words: tuple[str, ...]


def checked(policy: Policy) -> Iterator[Checked]:
    """Yield every version in the order of sections and months."""
    words: dict[tuple[str, int], list[str]] = {}
    for sentence in sentences(policy.versions):
        words.setdefault((sentence.version.section, sentence.version.number), []).append(sentence.en)
    for section in SECTIONS:
        for version in in_order(list(policy.versions), section):
            yield Checked(
                _title(version, policy),
                version.rules is not None,
                _outcome(version, policy),
                tuple(words[(section, version.number)]),
            )


def sections_without(policy: Policy) -> list[str]:
    """Return what is computed for nobody, as no version speaks of it."""
    given = {version.section for version in policy.versions}
    return [COMPUTED[section] for section in SECTIONS if section not in given]


def _title(version: Dated, policy: Policy) -> str:
    start = f"from {version.valid_from:%Y-%m}" if version.valid_from else "from a month that is not said"
    after = _next(version, policy)
    end = f" until {after.valid_from:%Y-%m} ({after.name})" if after and after.valid_from else " on"
    approved = f", approved by {' and '.join(version.approved_by)}" if version.approved_by else ""
    return f"{version.section} {version.name}, {start}{end}{approved}"


def _next(version: Dated, policy: Policy) -> Dated | None:
    """Return the version that ends this one: the next of its section, of the assessment for all its people."""
    later = [
        one
        for one in in_order(list(policy.versions), version.section)
        if one.valid_from and version.valid_from and one.valid_from > version.valid_from
    ]
    if version.section == "assessment":
        later = [one for one in later if _is_for_all_of(one, version)]
    return later[0] if later else None


def _is_for_all_of(later: Dated, version: Dated) -> bool:
    if later.applies_to is None or version.applies_to is None:
        return later.applies_to is None
    whom, before = later.applies_to, version.applies_to
    return set(whom.roles) >= set(before.roles) and set(whom.team_kinds) >= set(before.team_kinds)


def _outcome(version: Dated, policy: Policy) -> str:
    if version.rules is None:
        return f"nothing is computed. Missing: {', '.join(version.missing)}"
    if isinstance(version.rules, Assessment):
        return f"computes {COMPUTED['assessment']} of {_whom(version.rules)}"
    if version.section == "contests":
        count = sum(held.version is version for held in held_contests(policy.versions))
        return f"computes {count} contest{'' if count == 1 else 's'}"
    return f"computes {COMPUTED[version.section]}"


def _whom(rules: Assessment) -> str:
    roles = several(named("role", role) for role in rules.applies_to.roles)[0]
    kinds = ", ".join(kind or "none" for kind in rules.applies_to.team_kinds)
    whom = [f"each {roles} whose home team is of kind {kinds}"]
    if rules.team is not None:
        whom.append("these teams")
    if rules.manager is not None:
        whom.append(f"each {several(named('role', role) for role in rules.manager.roles)[0]} who leads one")
    return "; ".join(whom)
