"""Why a run failed, in words for people: steps with what was wrong and the remedy, and checks that stopped it."""

from __future__ import annotations

from collections.abc import Iterable

from dagster import DagsterEvent, DagsterEventType, DagsterExecutionInterruptedError


def failure_text(events: Iterable[DagsterEvent]) -> str:
    """Return a line per failed step and per failed check among the events of a run; empty if none tells why."""
    lines = []
    for event in events:
        if event.is_step_failure:
            lines.append(f"step {event.step_key} failed. {_cause(event)}")
        elif event.event_type == DagsterEventType.ASSET_CHECK_EVALUATION:
            evaluation = event.asset_check_evaluation_data
            if not evaluation.passed and evaluation.severity.value == "ERROR":
                name = f"{evaluation.asset_key.to_user_string()}: {evaluation.check_name}"
                lines.append(f"check {name} failed. {evaluation.description or ''}")
    return "\n".join(lines)


def is_interrupted(events: Iterable[DagsterEvent]) -> bool:
    """Tell whether a step ended since a person ended the run, as by Ctrl-C."""
    return any(_is_interrupted(event) for event in events if event.is_step_failure)


def _is_interrupted(event: DagsterEvent) -> bool:
    cause = event.step_failure_data.error
    while cause is not None:
        if cause.cls_name == DagsterExecutionInterruptedError.__name__:
            return True
        cause = cause.cause
    return False


def _cause(event: DagsterEvent) -> str:
    """Return what a failure says itself, else the words of the innermost error."""
    data = event.step_failure_data
    if data.user_failure_data is not None and data.user_failure_data.description:
        return data.user_failure_data.description
    cause = data.error
    while cause is not None and cause.cause is not None:
        cause = cause.cause
    return cause.message.strip() if cause is not None else ""
