-- casework_barred: how many restricted cases are of none of a user's teams.
--   :account  INTEGER
--   -> cases INTEGER
-- scans: casework
-- one row
SELECT count(*) AS cases
  FROM casework AS c
 WHERE c.restricted = 1
   AND NOT EXISTS (SELECT 1 FROM casework_team AS t
                     JOIN team_member AS m ON m.team = t.team AND m.account = :account
                    WHERE t.casework = c.row);
