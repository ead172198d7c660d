-- What the valid handled contacts of an agent are worth by the price of their channel or queue, of the last two months; on a site
-- of one agent his own of the last thirteen.
select
    agent_id, month_start, priced_as, priced_by, contacts_handled, contacts_invalid, contacts_validity_unknown, contacts_paid,
    unit_price::double as unit_price, amount::double as amount, currency, is_open, policy_version
from scorecard.fct_piece_rate
qualify dense_rank() over (order by month_start desc)
    <= if((select count(*) = 1 from scorecard.dim_scope where scope_kind = 'agent'), 13, 2)
order by month_start desc, agent_id, priced_as, priced_by
