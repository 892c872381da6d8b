-- casework_team_drop: a team that works on a case no longer.
--   :casework  INTEGER
--   :team  TEXT
DELETE FROM casework_team WHERE casework = :casework AND team = :team;
