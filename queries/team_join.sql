-- team_join: a user in a team; nothing when in it.
--   :team  TEXT
--   :account  INTEGER
INSERT INTO team_member (team, account) VALUES (:team, :account) ON CONFLICT DO NOTHING;
