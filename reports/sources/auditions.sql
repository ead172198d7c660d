-- What auditions heard beside how the same people lived the norms from the ninetieth day on.
select audition_item, norm_group, agents, is_enough, mean_score, mean_share, correlation
from scorecard.fct_audition
order by audition_item = '*', audition_item
