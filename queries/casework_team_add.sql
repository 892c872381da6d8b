-- casework_team_add: a team of a case; nothing when it is.
--   :casework  INTEGER
--   :team  TEXT
INSERT INTO casework_team (casework, team) VALUES (:casework, :team) ON CONFLICT DO NOTHING;
