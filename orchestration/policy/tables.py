"""The policy as tables, so that dbt reads it like the settings of the centre.

An incomplete version has its row in policy_versions and, as far as it says whom it is for, in policy_applies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from orchestration.centre.tables import Rows, table_frame, write_tables
from orchestration.home.paths import Home
from orchestration.policy import Policy
from orchestration.policy.assessment import Assessment
from orchestration.policy.assessment_tables import assessment_rows, component_row
from orchestration.policy.columns import TABLES
from orchestration.policy.piece_rate import PieceRate
from orchestration.policy.points import PointsVersion
from orchestration.policy.quality_index import QualityIndex
from orchestration.policy.together import held_contests
from orchestration.policy.versions import SECTIONS, Dated, in_order
from orchestration.policy.words import Sentence, sentences

Row = dict[str, Any]


def policy_tables(policy: Policy) -> dict[str, pl.DataFrame]:
    """Return every table of the policy by name; all are empty without a policy."""
    rows: dict[str, Rows] = {name: [] for name in TABLES}
    for table, row in _rows(policy.versions):
        rows[table].append(row)
    return {
        name: table_frame([dict.fromkeys(schema) | row for row in rows[name]], schema)
        for name, schema in TABLES.items()
    }


def write_policy_tables(home: Home, policy: Policy) -> bool:
    """Write the tables of the policy into raw/ of the home; return whether any of them changed."""
    return write_tables(home, policy_tables(policy))


def _rows(versions: Sequence[Dated]) -> Iterator[tuple[str, Row]]:
    for one in (one for section in SECTIONS for one in in_order(list(versions), section)):
        yield "policy_versions", _version_row(one)
        if one.applies_to is not None:
            for attribute, values in (("role", one.applies_to.roles), ("team_kind", one.applies_to.team_kinds)):
                for value in values:
                    yield "policy_applies", {"version": one.name, "attribute": attribute, "value": value}
        match one.rules:
            case Assessment() as rules:
                yield from assessment_rows(rules)
            case QualityIndex() as rules:
                yield from _index_rows(rules)
            case PointsVersion() as rules:
                yield from _points_rows(rules)
            case PieceRate() as rules:
                for rate in rules.rates or ():
                    of_version = {"version": rules.version, "currency": rules.currency}
                    yield "policy_piece_rates", of_version | rate.model_dump()
    yield from _contest_rows(versions)
    for sentence in sentences(versions):
        yield "policy_words", _word_row(sentence)


def _version_row(one: Dated) -> Row:
    approvers = (*one.approved_by, None, None)
    return {
        "section": one.section,
        "version": one.name,
        "valid_from": one.valid_from,
        "approved_by_1": approvers[0],
        "approved_by_2": approvers[1],
        "is_complete": one.rules is not None,
        "missing": "\n".join(one.missing) or None,
        "content_sha": one.content_sha,
    }


def _word_row(sentence: Sentence) -> Row:
    return {
        "section": sentence.version.section,
        "version": sentence.version.name,
        "position": sentence.position,
        "subject": sentence.subject,
        "text_en": sentence.en,
        "text_zh": sentence.zh,
    }


def _index_rows(rules: QualityIndex) -> Iterator[tuple[str, Row]]:
    yield (
        "policy_indexes",
        {
            "version": rules.version,
            "unmeasured_rule": rules.unmeasured.rule,
            "min_weight": rules.unmeasured.min_weight,
        },
    )
    for position, component in enumerate(rules.components, 1):
        yield "policy_components", component_row("quality_index", rules.version, "any", position, component)


def _points_rows(rules: PointsVersion) -> Iterator[tuple[str, Row]]:
    yield (
        "policy_points",
        {
            "version": rules.version,
            "valid_from": rules.valid_from,
            "points_window": rules.window,
            "names": rules.names,
            "likes_per_giver_month": rules.likes_per_giver_month,
        },
    )
    for rule, points in rules.rules.model_dump().items():
        yield "policy_point_rules", {"version": rules.version, "rule": rule, "points": points}


def _contest_rows(versions: Sequence[Dated]) -> Iterator[tuple[str, Row]]:
    for held in held_contests(versions):
        contest = held.contest
        yield (
            "policy_contests",
            {
                "contest_id": held.contest_id,
                "version": held.version.name,
                "from_on": held.first,
                "to_on": held.last,
                "scope_kind": contest.scope,
                **contest.model_dump(include={"name_en", "name_zh", "kpi_id", "segment", "min_n", "winners"}),
            },
        )
