-- Test contacts are facts, so that they can be found, but count in no number.
select contact_key
from {{ ref('fct_contact') }}
where
    is_test
    and (
        contacts_received > 0
        or contacts_blocked > 0
        or connect_attempts > 0
        or contacts_handled > 0
        or handle_seconds > 0
        or response_turns > 0
        or customer_messages > 0
        or repeat_cases > 0
    )
