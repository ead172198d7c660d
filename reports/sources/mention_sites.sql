-- Public mentions by site and tone, by period, most first; they are the centre's, and nobody's in it.
with period as (
    select period_kind, period_start, period_end
    from scorecard.fct_kpi_value
    where kpi_id = 'mentions' and scope_kind = 'centre' and period_kind != 'day'
    qualify not starts_with(period_kind, 'trailing') or period_end = max(period_end) over (partition by period_kind)
)

select
    period.period_kind,
    period.period_start,
    coalesce(mention.service_detail, '-') as mention_site,
    count(*) as mentions,
    count(*) filter (mention.sentiment = 'positive') as positive,
    count(*) filter (mention.sentiment = 'neutral') as neutral,
    count(*) filter (mention.sentiment = 'negative') as negative,
    sum(mention.audience)::bigint as seen
from period
inner join scorecard.fct_service_record as mention
    on mention.mentions > 0
    and mention.service_date >= period.period_start
    and mention.service_date < period.period_end
group by period.period_kind, period.period_start, mention_site
order by period.period_kind, period.period_start, mentions desc, mention_site
