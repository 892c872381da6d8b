-- account_all: every account, by name.
--   -> name, roles, agency, teams, added_at, added_by, revoked_at, revoked_by TEXT
-- scans: account team_member
SELECT a.name,
       coalesce((SELECT group_concat(role, ', ') FROM (SELECT role FROM account_role WHERE account = a.row ORDER BY role)), '') AS roles,
       a.agency,
       coalesce((SELECT group_concat(team, ', ') FROM (SELECT team FROM team_member WHERE account = a.row ORDER BY team)), '') AS teams,
       a.added_at, a.added_by, a.revoked_at, a.revoked_by
  FROM account AS a
 ORDER BY a.name;
