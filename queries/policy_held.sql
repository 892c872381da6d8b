-- policy_held: the policy that holds; none when none was kept.
--   -> text TEXT
-- scans: policy (one step, from its end)
SELECT text FROM policy ORDER BY row DESC LIMIT 1;
