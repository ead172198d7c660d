{#- Made from schemas/ by `python -m schemas.document`; a test holds it.
    name_of_row: the columns that name a row
    without_id: those that do where the first of them is empty
    empty_as: column -> what an empty value of it stands for in the name
    id_or_content: the id without which a row's content names it
    dates_centre, dates: whether, and by which instants, it says how far a centre's data reach
    time, is_time_a_date: the instant or date that names the folder of a row's part
    topics_from_first_row: what a source that gives it records from its first row on
    is_sliced: whether only those folders are read on whose dates the contacts that are made anew have rows -#}
{% macro feeds() %}
    {{- return([
        {"name": "contact_events", "name_of_row": ["event_id"], "without_id": [], "empty_as": {}, "id_or_content": "event_id", "dates_centre": "always", "dates": ["occurred_at"], "time": "occurred_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": true},
        {"name": "contacts", "name_of_row": ["contact_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "always", "dates": ["started_at", "ended_at"], "time": "started_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": true},
        {"name": "messages", "name_of_row": ["message_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "always", "dates": ["sent_at"], "time": "sent_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": true},
        {"name": "queues", "name_of_row": ["queue_id", "valid_from"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "observations", "name_of_row": ["agent_id", "contact_id", "kind", "observer_id", "observed_at"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "alone", "dates": ["observed_at"], "time": "observed_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "quality_errors", "name_of_row": ["review_id", "error_code", "check_kind", "occurrence"], "without_id": [], "empty_as": {"check_kind": "'review'", "occurrence": "1"}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "quality_review_items", "name_of_row": ["review_id", "item", "check_kind"], "without_id": [], "empty_as": {"check_kind": "'review'"}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "quality_reviews", "name_of_row": ["review_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "alone", "dates": ["reviewed_at"], "time": "reviewed_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "ratings", "name_of_row": ["rating_id"], "without_id": ["contact_id", "agent_id", "invited_at"], "empty_as": {}, "id_or_content": "", "dates_centre": "always", "dates": ["invited_at", "delivered_at", "rated_at"], "time": "invited_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "recognitions", "name_of_row": ["recognition_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "alone", "dates": ["received_at"], "time": "received_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "agent_accounts", "name_of_row": ["account_source_id", "account", "valid_from"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "agent_states", "name_of_row": ["agent_id", "started_at", "is_pause_change"], "without_id": [], "empty_as": {"is_pause_change": "false"}, "id_or_content": "", "dates_centre": "always", "dates": ["started_at", "ended_at"], "time": "started_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "shifts", "name_of_row": ["agent_id", "starts_at"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "starts_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "staff", "name_of_row": ["agent_id", "valid_from"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "team_memberships", "name_of_row": ["agent_id", "team_id", "valid_from"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "teams", "name_of_row": ["team_id", "valid_from"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "platform_incidents", "name_of_row": ["incident_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "started_at", "is_time_a_date": false, "topics_from_first_row": [], "is_sliced": false},
        {"name": "site_visits", "name_of_row": ["visited_on", "channel", "entry_point"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "visited_on", "is_time_a_date": true, "topics_from_first_row": [], "is_sliced": false},
        {"name": "actions", "name_of_row": ["action_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "taken_at", "is_time_a_date": false, "topics_from_first_row": ["actions"], "is_sliced": false},
        {"name": "appeals", "name_of_row": ["appeal_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "filed_at", "is_time_a_date": false, "topics_from_first_row": ["appeals"], "is_sliced": false},
        {"name": "complaints", "name_of_row": ["complaint_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "received_at", "is_time_a_date": false, "topics_from_first_row": ["complaints"], "is_sliced": false},
        {"name": "contact_tags", "name_of_row": ["contact_id", "tag", "detail"], "without_id": [], "empty_as": {"detail": "'-'"}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "tagged_at", "is_time_a_date": false, "topics_from_first_row": ["tags"], "is_sliced": false},
        {"name": "findings", "name_of_row": ["finding_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "established_at", "is_time_a_date": false, "topics_from_first_row": ["findings"], "is_sliced": false},
        {"name": "plans", "name_of_row": ["plan_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "starts_on", "is_time_a_date": true, "topics_from_first_row": ["plans"], "is_sliced": false},
        {"name": "time_records", "name_of_row": ["record_id"], "without_id": [], "empty_as": {}, "id_or_content": "", "dates_centre": "", "dates": [], "time": "worked_on", "is_time_a_date": true, "topics_from_first_row": ["time_records"], "is_sliced": false}
    ]) -}}
{% endmacro %}
