"""Reads go one way: staging, intermediate, core, measure, the values and what follows of them; core is the boundary.

The manifest that dbt itself makes is what is checked.
"""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.warehouse.publish import BUILT_AS, SCHEMA
from tests.support.compiled import compiled_project

READS = {
    "staging": {"sources", "seeds", "staging"},
    "intermediate": {"staging", "intermediate"},
    "core": {"staging", "intermediate", "core"},
    "measure": {"seeds", "core", "measure"},
    "assessment": {"seeds", "core", "measure", "scorecard", "assessment"},
    "scorecard": {"seeds", "core", "measure", "assessment", "scorecard"},
}
"""What the models of each layer may read; core is the boundary, past which those behind it do not read."""

BEHIND_CORE = ("measure", "assessment", "scorecard")

DIMENSIONS = {"dim_kpi", "dim_kpi_target_version", "dim_scope"}
"""Published beside the values, so they stand in the scorecard; measure reads the definitions and scopes from them."""

BEYOND = {
    # It holds what was accepted against what is kept: one side of the equation can only be counted at the source.
    "int_feed__reconciliation": {"sources"},
    "int_kept__row_count": {"sources"},
    # The names of all rows, also of those that others have replaced.
    "int_kept__row_key": {"sources"},
}

PAST_CORE = {
    "dim_kpi": {"stg_centre_setting"},
    "dim_kpi_target": {"stg_centre_setting", "stg_target"},
    "dim_kpi_target_version": {"stg_publication", "stg_restate_order", "stg_target_set"},
    "dim_kpi_version": {"stg_kpi_definition", "stg_publication"},
    "fct_case_mix": {"int_customer__case_day", "int_topic__since"},
    "dim_scope": {"int_as_of", "stg_centre_setting"},
    "fct_bulletin_rank": {"int_rating__edition", "stg_centre_setting"},
    "fct_assessment_version": {"stg_assessment_version"},
    "fct_assessment_version_line": {"stg_assessment_version_line"},
    "fct_complaint_part": {"int_contact__excluded"},
    "fct_contest_standing": {
        "int_as_of",
        "stg_policy_contests",
        "stg_policy_points",
        "stg_policy_versions",
    },
    "fct_cumulative_impact": {
        "stg_impact_cost",
        "stg_impact_equivalent",
        "stg_policy_point_rules",
        "stg_policy_versions",
    },
    "fct_document_cascade": {"stg_centre_setting"},
    "fct_feed_reconciliation": {"int_feed__reconciliation"},
    "fct_kpi_half_hour": {"int_as_of"},
    "fct_file": {"stg_centre_setting", "stg_file_record"},
    "fct_monitoring_list": {"stg_centre_setting"},
    "fct_notice": {
        "int_as_of",
        "int_staff__leader_above",
        "int_staff__work_span",
        "stg_centre_setting",
        "stg_notice_kind",
        "stg_notice_setting",
    },
    "fct_notice_delivery": {"stg_notice_delivery"},
    "fct_notice_window": {"int_as_of", "int_staff__work_span"},
    "fct_piece_rate": {"stg_policy_piece_rates", "stg_policy_versions"},
    "fct_points_entry": {"stg_policy_point_rules", "stg_policy_points", "stg_policy_versions"},
    "fct_points_rank": {"stg_policy_points", "stg_policy_versions"},
    "fct_publication": {"stg_publication"},
    "fct_quality_index_part": {"stg_policy_components", "stg_policy_indexes", "stg_policy_versions"},
    "fct_quarantine": {"stg_quarantine_record"},
    "fct_restate_order": {"stg_restate_order"},
    "fct_restatement": {"stg_restatement"},
    "fct_restatement_cause": {"stg_restatement_cause"},
    "fct_retention": {"stg_retention"},
    "fct_leader_development": {"stg_centre_setting"},
    "fct_returning_contact": {"int_as_of", "int_kept__contact", "stg_centre_setting"},
    "fct_open_half_hour": {
        "int_as_of",
        "int_opening__interval",
        "int_source__topic",
        "stg_centre_setting",
        "stg_shifts",
    },
    "int_measure__changed_date": {
        "int_agent__date",
        "int_rating__changed_date",
        "int_state__changed_date",
        "stg_measured_input",
        "stg_pending_date",
        "stg_remade_date",
    },
    "int_measure__changed_input": {"stg_measured_input"},
    "int_measure__handled_contact_day": {"stg_remade_date"},
    "int_measure__input_day": {
        "int_agent__date",
        "int_agent__event_day",
        "int_contact__excluded",
        "int_customer__day",
        "int_customer__repeat",
        "int_team__ancestor",
        "int_topic__since",
        "stg_centre_setting",
        "stg_rated_channel",
    },
    "int_measure__touched_period": {"stg_measured_period", "stg_pending_period"},
    "int_measure__scored_item": {"int_contact__excluded", "stg_quality_review_items"},
    "fct_topic_hour": {"int_as_of", "stg_centre_setting", "stg_topic_signal"},
    "fct_topic_signal": {"int_as_of", "stg_centre_setting", "stg_complaints"},
    "fct_training_need": {"int_contact__excluded"},
    "int_notice__appeal_ending": {"int_as_of", "stg_appeals", "stg_centre_setting", "stg_notice_setting"},
    "int_notice__assessment_published": {"stg_centre_setting"},
    "int_notice__coaching_ready": {"stg_centre_setting"},
    "int_notice__complaint_decided": {"stg_complaints"},
    "int_notice__document_due": {"stg_centre_setting", "stg_notice_setting"},
    "int_notice__out_of_band": {"int_agent__date", "int_as_of", "stg_notice_setting"},
    "int_notice__plan_overdue": {"stg_centre_setting"},
    "int_notice__ranking": {"stg_notice_setting"},
    "int_notice__topic_signal": {"int_agent__date", "stg_centre_setting"},
    "int_assessment__appeal": {"stg_appeals", "stg_centre_setting"},
    "int_assessment__change": {"stg_centre_setting", "stg_publication"},
    "int_assessment__changed_line": {"stg_assessment_version_line"},
    "int_assessment__component": {"stg_policy_components"},
    "int_assessment__led_line": {"stg_policy_applies"},
    "int_assessment__month": {"stg_policy_versions"},
    "int_assessment__new_version": {"stg_publication"},
    "int_assessment__penal_record": {"int_contact__excluded", "stg_centre_setting", "stg_findings"},
    "int_assessment__penalty": {"stg_policy_penalty_causes"},
    "int_assessment__person": {"stg_policy_assessments", "stg_policy_versions"},
    "int_assessment__quota": {"stg_policy_penalties"},
    "int_assessment__reward": {"stg_policy_rewards"},
    "int_assessment__sealed": {"stg_assessment_version"},
    "int_assessment__staff_month": {"int_staff__employment", "int_team__version"},
    "int_assessment__team_month": {"int_as_of", "int_team__version"},
    "int_assessment__told_line": {"int_as_of", "stg_centre_setting", "stg_publication"},
    "int_assessment__unfit": {"stg_centre_setting", "stg_findings"},
    "int_assessment__version_match": {"stg_policy_applies", "stg_policy_assessments", "stg_policy_versions"},
    "int_measure__cause_pareto": {"int_as_of", "stg_centre_setting"},
    "int_measure__clock_window": {"int_as_of", "stg_centre_setting", "stg_holiday"},
    "int_measure__contest_amount": {"stg_policy_contests"},
    "int_measure__contest_value": {"stg_centre_setting", "stg_policy_contests"},
    "int_measure__customer_gap": {"int_contact__excluded"},
    "int_measure__event_topic": {"int_contact__source", "int_kept__told"},
    "int_measure__excluded_time": {"int_contact__excluded"},
    "int_measure__gap_since": {"stg_pending_date", "stg_remade_date"},
    "int_measure__half_hour": {"int_state__half_hour", "stg_centre_setting"},
    "int_measure__kept_value": {"stg_kept_value", "stg_outlived_value", "stg_restate_order"},
    "int_measure__kpi_status": {"stg_centre_setting"},
    "int_measure__leg": {"int_contact__excluded"},
    "int_measure__member_month": {"int_topic__since"},
    "int_measure__member_period": {"int_topic__since"},
    "int_measure__percentile_long": {"int_as_of"},
    "int_measure__period": {"int_as_of", "stg_centre_setting"},
    "int_measure__period_day": {"int_as_of"},
    "int_measure__person_day": {
        "int_contact__excluded",
        "int_customer__repeat",
        "int_rating__eligible",
        "int_topic__since",
        "stg_centre_setting",
    },
    "int_measure__scope_chain": {"int_queue__version", "int_team__ancestor"},
    "int_measure__scope_day": {"int_topic__since"},
    "int_measure__scope_kpi": {"stg_rated_channel"},
    "int_measure__scope_lacking": {"int_source__column"},
    "int_measure__scope_name": {"int_team__scope_name"},
    "int_measure__scope_period": {"int_as_of"},
    "int_measure__scope_segment": {"int_queue__version", "int_team__version"},
    "int_measure__scope_source": {"stg_file_record", "stg_source_setting"},
    "int_measure__scope_topic": {"int_source__topic"},
    "int_measure__service_day": {"int_contact__excluded", "int_customer__day", "int_team__ancestor"},
    "int_measure__signal_action": {"stg_actions"},
    "int_measure__topic_window": {"stg_centre_setting", "stg_topic_signal"},
    "int_measure__work_square": {"int_agent__event_day", "int_contact__excluded"},
}
"""The reads past core that there are. The list may only shrink: a line that is no longer true has to go."""

Node = dict[str, Any]
Reads = dict[str, set[str]]


def layer_of(node: Node) -> str:
    """The folder of a model under `models`, or `seeds`."""
    if node["resource_type"] == "seed":
        return "seeds"
    return str(node["original_file_path"]).split("/")[1]


def models_of(nodes: dict[str, Node]) -> list[Node]:
    """Every model of the manifest."""
    return [node for node in nodes.values() if node["resource_type"] == "model"]


def reads_not_allowed(nodes: dict[str, Node], *layers: str) -> Reads:
    """By model of these layers, what it reads from a layer that READS does not give it; of sources only the word."""
    found: Reads = {}
    for node in models_of(nodes):
        layer = layer_of(node)
        for parent_id in node["depends_on"]["nodes"]:
            parent = nodes.get(parent_id)
            read, of = ("sources", "sources") if parent is None else (parent["name"], layer_of(parent))
            is_dimension = layer == "measure" and read in DIMENSIONS
            if layer in layers and of not in READS[layer] and not is_dimension:
                found.setdefault(node["name"], set()).add(read)
    return found


def less(some: Reads, others: Reads) -> list[str]:
    """The reads of `some` that are not among `others`, as `reader <- read`."""
    return sorted(f"{name} <- {read}" for name, reads in some.items() for read in reads - others.get(name, set()))


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return compiled_project().manifest


def test_staging_intermediate_and_core_read_what_their_layer_may(manifest: dict[str, Any]) -> None:
    assert reads_not_allowed(manifest["nodes"], "staging", "intermediate", "core") == BEYOND


def test_behind_core_nothing_new_reads_past_it(manifest: dict[str, Any]) -> None:
    assert less(reads_not_allowed(manifest["nodes"], *BEHIND_CORE), PAST_CORE) == []


def test_the_list_of_reads_past_core_names_none_that_is_gone(manifest: dict[str, Any]) -> None:
    assert less(PAST_CORE, reads_not_allowed(manifest["nodes"], *BEHIND_CORE)) == []


def test_measure_reads_the_dimensions_that_it_is_said_to_read(manifest: dict[str, Any]) -> None:
    nodes = manifest["nodes"]
    read = {
        nodes[parent]["name"]
        for node in models_of(nodes)
        for parent in node["depends_on"]["nodes"]
        if layer_of(node) == "measure" and layer_of(nodes[parent]) == "scorecard"
    }
    assert read == DIMENSIONS


def node_of(name: str, folder: str, *reads: str) -> Node:
    depends = {"nodes": list(reads)}
    path = f"models/{folder}/subject/{name}.sql"
    return {"name": name, "resource_type": "model", "original_file_path": path, "depends_on": depends}


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("staging", "intermediate"),
        ("intermediate", "core"),
        ("core", "measure"),
        ("core", "scorecard"),
        ("measure", "staging"),
        ("measure", "intermediate"),
        ("measure", "scorecard"),
        ("measure", "assessment"),
        ("assessment", "staging"),
        ("assessment", "intermediate"),
        ("scorecard", "staging"),
        ("scorecard", "intermediate"),
    ],
)
def test_a_read_of_a_layer_that_is_not_ones_own_to_read_is_seen(reader: str, read: str) -> None:
    nodes = {"a": node_of("a", reader, "b"), "b": node_of("b", read)}
    assert reads_not_allowed(nodes, *READS) == {"a": {"b"}}


@pytest.mark.parametrize("reader", ["intermediate", "core", "measure", "scorecard"])
def test_a_read_of_a_source_is_seen_everywhere_but_in_staging(reader: str) -> None:
    nodes = {"a": node_of("a", reader, "source.x"), "b": node_of("b", "staging", "source.x")}
    assert reads_not_allowed(nodes, *READS) == {"a": {"sources"}}


def test_a_read_past_core_that_is_gone_is_told_from_one_that_is_new() -> None:
    listed, found = {"a": {"x", "y"}, "b": {"x"}}, {"a": {"x", "z"}}
    assert (less(found, listed), less(listed, found)) == (["a <- z"], ["a <- y", "b <- x"])


def test_every_layer_is_a_folder_of_models_and_a_group(manifest: dict[str, Any]) -> None:
    groups = {(layer_of(node), node["meta"]["dagster"]["group"]) for node in models_of(manifest["nodes"])}
    assert groups == {(layer, layer) for layer in READS}


def test_only_two_models_read_the_definitions_of_kpis(manifest: dict[str, Any]) -> None:
    readers = {
        (read.rsplit(".", 1)[-1], node["name"])
        for node in models_of(manifest["nodes"])
        for read in node["depends_on"]["nodes"]
        if read.endswith((".kpis", ".kpi_targets"))
    }
    assert readers == {("kpis", "dim_kpi"), ("kpi_targets", "stg_target")}


def test_facts_and_scorecard_are_published_and_no_step_on_the_way(manifest: dict[str, Any]) -> None:
    models = models_of(manifest["nodes"])
    published = {node["name"] for node in models if node["database"] == BUILT_AS}
    meant = {node["name"] for node in models if layer_of(node) in ("core", "scorecard")}
    # Turns stay inside: too many, and summed in legs.
    assert meant - published == {"fct_message_turn"}
    assert published <= meant
    assert {node["schema"] for node in models if node["database"] == BUILT_AS} == {SCHEMA}


@pytest.mark.parametrize("layer", ["core", "scorecard"])
def test_everything_published_is_described(manifest: dict[str, Any], layer: str) -> None:
    published = [
        node for node in models_of(manifest["nodes"]) if layer_of(node) == layer and node["database"] == BUILT_AS
    ]
    assert published
    missing = [node["name"] for node in published if not node["description"] or not node["columns"]]
    bare = [
        f"{node['name']}.{name}"
        for node in published
        for name, column in node["columns"].items()
        if not column["description"]
    ]
    assert (missing, bare) == ([], [])
