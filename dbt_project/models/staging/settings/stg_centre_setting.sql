with

source as (

    select * from {{ source('settings', 'centre_settings') }}

)

select
    centre_name,
    time_zone,
    language,
    as_of,
    service_level_seconds,
    short_abandon_seconds,
    queue_placement_seconds,
    fcr_window_days,
    new_staff_days,
    new_leader_days,
    close_after_days,
    message_mix_tolerance,
    replacement_cost,
    replacement_cost_currency,
    quality_review_judged,
    participation_gate,
    drill_days,
    site_day_points,
    open_state_hours,
    pareto_share,
    coaching_delay_minutes,
    monitoring_best_sessions,
    cascade_signed,
    cascade_known,
    achievement_meeting_cadence
from source
