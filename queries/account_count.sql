-- account_count: how many accounts there are, and how many stewards hold one.
--   -> accounts, stewards INTEGER
-- scans: account
-- one row
SELECT (SELECT count(*) FROM account) AS accounts,
       (SELECT count(*) FROM account AS a
         WHERE a.revoked_at = ''
           AND EXISTS (SELECT 1 FROM account_role AS r WHERE r.account = a.row AND r.role = 'steward')) AS stewards;
