"""Names and types of the raw Parquet columns, as the door writes them and dbt reads them."""

from __future__ import annotations

import polars as pl

TEXT, WHOLE, FLAG, DAY = pl.String(), pl.Int64(), pl.Boolean(), pl.Date()
INSTANT = pl.Datetime("us", "UTC")
SECONDS, AMOUNT, MONEY = pl.Decimal(18, 3), pl.Decimal(9, 4), pl.Decimal(18, 4)

Columns = dict[str, pl.DataType]


def columns(text: str = "", **typed: pl.DataType) -> Columns:
    """Text columns by name, then the others with their types."""
    return dict.fromkeys(text.split(), TEXT) | typed


META_COLUMNS: Columns = columns(
    "source_id file_name file_hash",
    landing_day=DAY,
    record_number=WHOLE,
    line_number=WHOLE,
    row_in_record=pl.Int32(),
    record_version=WHOLE,
    is_time_ambiguous=FLAG,
)
CUSTOMER: Columns = columns("customer_id", is_identified=FLAG, is_test_caller=FLAG)

FEED_COLUMNS: dict[str, Columns] = {
    "contacts": columns(
        "contact_id channel direction queue_id topic end_reason reopened_from",
        started_at=INSTANT,
        ended_at=INSTANT,
        is_test=FLAG,
    )
    | CUSTOMER,
    "contact_events": columns(
        "event_id contact_id event_type agent_id queue_id channel direction transfer_kind transfer_target_kind"
        " transfer_target_id reason",
        context_passed=FLAG,
        occurred_at=INSTANT,
        wait_seconds=SECONDS,
        talk_seconds=SECONDS,
    )
    | CUSTOMER,
    "messages": columns("message_id contact_id sender agent_id", sent_at=INSTANT, is_manual=FLAG, length=WHOLE),
    "agent_states": columns(
        "agent_id state approved_by",
        started_at=INSTANT,
        ended_at=INSTANT,
        is_pause_change=FLAG,
        signed_in_seconds=SECONDS,
        approved_at=INSTANT,
    ),
    "observations": columns("agent_id contact_id kind observer_id", seconds=SECONDS, observed_at=INSTANT),
    "ratings": columns(
        "rating_id contact_id agent_id not_delivered_reason themes",
        invited_at=INSTANT,
        delivered_at=INSTANT,
        rated_at=INSTANT,
        stars=AMOUNT,
    ),
    "quality_reviews": columns(
        "review_id contact_id agent_id reviewer_id mode selection level rubric_version sample_id",
        score=AMOUNT,
        reviewed_at=INSTANT,
        acknowledged_at=INSTANT,
    ),
    "quality_errors": columns(
        "check_kind review_id error_code class knowledge_point ticket_field original_code corrected_code case_code",
        occurrence=WHOLE,
        good_faith=FLAG,
    ),
    "quality_review_items": columns("check_kind review_id item", score=AMOUNT, max_score=AMOUNT, is_applicable=FLAG),
    "staff": columns(
        "agent_id person_id name role employment segment leave_reason exit_interviewer exit_reasons",
        exit_interview_on=DAY,
        fte=AMOUNT,
        max_concurrent=WHOLE,
        hired_on=DAY,
        left_on=DAY,
        valid_from=DAY,
    ),
    "agent_accounts": columns("account_source_id account agent_id", valid_from=DAY),
    "team_memberships": columns("agent_id team_id", valid_from=DAY, valid_to=DAY, is_home_team=FLAG),
    "teams": columns("team_id name parent_team_id kind", valid_from=DAY),
    "queues": columns("queue_id name channel kind team_id", valid_from=DAY),
    "shifts": columns("agent_id kind", starts_at=INSTANT, ends_at=INSTANT),
    "site_visits": columns("channel entry_point", visited_on=DAY, visitors=WHOLE),
    "platform_incidents": columns(
        "incident_id channel queue_id system kind kpi_groups evidence approved_by",
        started_at=INSTANT,
        ended_at=INSTANT,
        approved_at=INSTANT,
        revoked_at=INSTANT,
        announced_from=INSTANT,
        announced_to=INSTANT,
        deflected_contacts=WHOLE,
    ),
    "recognitions": columns(
        "recognition_id agent_id contact_id kind given_by meeting_id document_id",
        received_at=INSTANT,
        is_personalised=FLAG,
    ),
    "complaints": columns(
        "complaint_id origin channel contact_id queue_id topic ticket_id customer_id agent_id leaf outcome decided_by"
        " responsible_agent_id owner_department case_code",
        received_at=INSTANT,
        decided_at=INSTANT,
        is_identified=FLAG,
        good_faith=FLAG,
    ),
    "appeals": columns(
        "appeal_id subject_kind subject_source_id subject_id filed_by outcome decided_by effect",
        filed_at=INSTANT,
        decided_at=INSTANT,
    ),
    "findings": columns(
        "finding_id agent_id kind contact_id complaint_id established_by approved_by",
        occurred_on=DAY,
        established_at=INSTANT,
        revoked_at=INSTANT,
    ),
    "plans": columns(
        "plan_id kind subject_kind subject_id scope_kind scope_id owner_id kpi_id state criteria_document_id",
        baseline_from=DAY,
        baseline_to=DAY,
        target_value=AMOUNT,
        starts_on=DAY,
        due_on=DAY,
        closed_on=DAY,
    ),
    "actions": columns("action_id origin_kind origin_id kind actor_id contact_id result", taken_at=INSTANT),
    "contact_tags": columns("contact_id tag detail tagged_by", tagged_at=INSTANT),
    "time_records": columns("record_id agent_id category cause_kind cause_code plan_id", worked_on=DAY, minutes=WHOLE),
    "monitoring_sessions": columns(
        "session_id agent_id monitor_id level mode contact_id conclusion difficulty trigger intervention_method",
        started_at=INSTANT,
        ended_at=INSTANT,
        intervened_at=INSTANT,
        intervention_accepted=FLAG,
    ),
    "test_calls": columns(
        "test_call_id kind agent_id tester_id contact_id document_id complaint_id scenario selection sample_id",
        called_at=INSTANT,
        sample_seed=WHOLE,
        frame_size=WHOLE,
        passed=FLAG,
        score=AMOUNT,
    ),
    "ticket_audits": columns(
        "audit_id ticket_id contact_id agent_id auditor_id corrector_id",
        audited_at=INSTANT,
        has_error=FLAG,
        corrected_at=INSTANT,
        dispatched_at=INSTANT,
        callback_needed=FLAG,
        callback_at=INSTANT,
    ),
    "coaching_sessions": columns(
        "coaching_id agent_id coach_id kind contact_id plan_id place",
        started_at=INSTANT,
        ended_at=INSTANT,
        account_differs=FLAG,
    ),
    "documents": columns(
        "document_id version kind title knowledge_point", published_at=INSTANT, acknowledge_by=INSTANT
    ),
    "document_receipts": columns(
        "document_id agent_id relayed_by", addressed_at=INSTANT, read_at=INSTANT, acknowledged_at=INSTANT
    ),
    "surveys": columns(
        "survey_id contact_id customer_id liked_themes disliked_themes improve_themes",
        is_identified=FLAG,
        invited_at=INSTANT,
        delivered_at=INSTANT,
        answered_at=INSTANT,
        needs_follow_up=FLAG,
    ),
    "social_mentions": columns("mention_id site sentiment topic complaint_id", posted_at=INSTANT, audience=WHOLE),
    "self_reports": columns("agent_id kpi_id half", reported_at=INSTANT, value=AMOUNT, decimals=WHOLE),
    "meetings": columns("meeting_id kind team_id leader_id", held_at=INSTANT, minutes=WHOLE, attendees=WHOLE),
    "skill_tests": columns("test_id agent_id kind item", score=AMOUNT, passed=FLAG, taken_on=DAY),
    "staff_surveys": columns(
        "team_id question",
        surveyed_on=DAY,
        invited=WHOLE,
        respondents=WHOLE,
        score_sum=AMOUNT,
        promoters=WHOLE,
        detractors=WHOLE,
    ),
    "rewards": columns(
        "reward_id agent_id team_id ground form leader_approved_by supervisor_approved_by currency recognition_id"
        " contest",
        for_month=DAY,
        decided_at=INSTANT,
        amount=MONEY,
        revoked_at=INSTANT,
    ),
    "forecasts": columns("queue_id channel", starts_at=INSTANT, minutes=WHOLE, contacts=AMOUNT, made_at=INSTANT),
}

SETTING_COLUMNS: dict[str, Columns] = {
    "centre_settings": columns(
        "centre_name time_zone language replacement_cost_currency quality_review_judged achievement_meeting_cadence",
        as_of=INSTANT,
        service_level_seconds=SECONDS,
        short_abandon_seconds=SECONDS,
        queue_placement_seconds=SECONDS,
        fcr_window_days=pl.Int32(),
        new_staff_days=pl.Int32(),
        new_leader_days=pl.Int32(),
        close_after_days=pl.Int32(),
        message_mix_tolerance=AMOUNT,
        replacement_cost=pl.Decimal(18, 3),
        participation_gate=AMOUNT,
        drill_days=pl.Int32(),
        site_day_points=pl.Int32(),
        open_state_hours=pl.Int32(),
        pareto_share=AMOUNT,
        coaching_delay_minutes=pl.Int32(),
        monitoring_best_sessions=pl.Int32(),
        cascade_signed=AMOUNT,
        cascade_known=AMOUNT,
    ),
    "source_settings": columns("source_id source_kind channel time_zone", is_received_without_routing=FLAG),
    "source_topics": columns("source_id topic", is_recorded=FLAG, recorded_from=DAY),
    "opening_hours": columns(
        "channel opens closes time_zone",
        weekday=pl.Int32(),
        valid_from=DAY,
        valid_to=DAY,
        valid_from_at=INSTANT,
        valid_to_at=INSTANT,
    ),
    "holidays": columns("channel", holiday_on=DAY),
    "target_overrides": columns(
        "target_id kpi_id scope_kind scope_id segment upper_measure target_source target_version note_en note_zh",
        lower_bound=pl.Decimal(18, 6),
        upper_bound=pl.Decimal(18, 6),
        stretch=pl.Decimal(18, 6),
        valid_from=DAY,
        valid_to=DAY,
        baseline_from=DAY,
        baseline_to=DAY,
    ),
    "rated_channels": columns("channel"),
    "impact_costs": columns("family currency", cost_per_event=pl.Decimal(18, 8)),
    "impact_equivalents": columns("name_en name_zh", position=pl.Int32(), unit_cost=pl.Decimal(18, 4)),
    "notice_settings": columns(
        "site_url", begin_on=DAY, names_in_groups=FLAG, outside_shifts=FLAG, ahead_hours=pl.Int32()
    ),
    "notice_kinds": columns("notice_kind"),
    "notice_times": columns("team_id edition clock"),
    "topic_signal": columns(z=AMOUNT, factor=AMOUNT, factor_all=AMOUNT, min_count=pl.Int32(), weeks=pl.Int32()),
    "codes": columns(
        "code_list code name_en name_zh group_code group_en group_zh kind kind_en kind_zh default_class detail_list"
        " habitual_zh professional_en professional_zh applies_when norm_version",
        is_labelled=FLAG,
        valid_from=DAY,
    ),
}
