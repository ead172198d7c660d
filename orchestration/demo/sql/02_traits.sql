-- How each agent works: in an ordinary centre most are within the bands.
create table trait as
with work_range as (
    select * from (values
        ('web', [12.0, 21.0, 240.0, 420.0], [6.0, 34.0, 130.0, 480.0]),
        ('social', [9.0, 14.5, 360.0, 540.0], [5.0, 16.0, 350.0, 1100.0]),
        ('voice', [7.0, 9.5, 200.0, 290.0], [5.0, 12.0, 120.0, 330.0]),
        ('expert', [3.6, 5.6, 420.0, 580.0], [2.5, 6.0, 420.0, 900.0])
    ) as ranges (work, ordinary, hostile)
),
paced as (
    select person.*, chosen(ordinary, hostile) as pace, is_careless(ordinal) as is_careless
    from person
    inner join work_range on person.work = work_range.work
)
select
    agent_id,
    number,
    work,
    getvariable('volume') * log_between(u('pace', number), pace[1]::double, pace[2]::double) as contacts_per_hour,
    log_between(u('talk', number), pace[3]::double, pace[4]::double) as mean_talk,
    case when is_careless then 11.0 else spread(u('first', number), 17.0, 28.0, 7.0, 48.0) end as mean_first_reply,
    case when is_careless then 8.0 else spread(u('reply', number), 11.5, 19.0, 6.0, 34.0) end as mean_reply,
    spread(u('wrap', number), 36.0, 54.0, 18.0, 85.0) as mean_wrap_up,
    spread(u('transfer', number), 0.002, 0.010, 0.002, 0.045) as share_transferred,
    spread(u('unresolved', number), 0.03, 0.12, 0.05, 0.42) as share_unresolved,
    spread(u('silent', number), 0.001, 0.009, 0.001, 0.035) as share_invalid,
    spread(u('declines', number), 0.001, 0.006, 0.002, 0.05) as share_declined,
    chosen(0.75, 0.45) + chosen(0.2, 0.5) * u('invites', number) as share_invited,
    chosen(0.56, 0.32) + chosen(0.16, 0.45) * u('rated', number) as share_rated,
    case when is_careless then 0.86 else chosen(0.935, 0.80) + chosen(0.05, 0.195) * u('stars', number) end as share_five_stars,
    case when is_careless then 0.17 else spread(u('errors', number), 0.006, 0.03, 0.01, 0.16) end as share_with_error,
    chosen(0.4, 0.1) + chosen(0.4, 0.9) * u('chatty', number) as share_second_reply,
    chosen(0.32, 0.0) + chosen(0.5, 1.5) * u('notices', number) as share_notice,
    u('meal', number) < chosen(1.1, 0.55) as signs_out_for_meal,
    spread(u('breaks', number), 200.0, 800.0, 200.0, 1500.0) as break_seconds,
    spread(u('paper', number), 100.0, 500.0, 120.0, 2400.0) as busy_seconds
from paced;
