-- Versions of the policy that lack keys: nothing is computed by them.
select
    section as policy_section,
    version as policy_version,
    valid_from,
    replace(missing, chr(10), ', ') as missing_keys
from scorecard.dim_policy_version
where not is_complete
order by policy_section, valid_from, policy_version
