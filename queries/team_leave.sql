-- team_leave: a user no longer in a team.
--   :team  TEXT
--   :account  INTEGER
DELETE FROM team_member WHERE team = :team AND account = :account;
