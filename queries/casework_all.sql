-- casework_all: every case, with its teams and who it is about.
--   -> id TEXT; restricted INTEGER; teams, members, opened_at, opened_by TEXT
-- scans: casework
SELECT c.id, c.restricted,
       coalesce((SELECT group_concat(team, ', ') FROM (SELECT team FROM casework_team WHERE casework = c.row ORDER BY team)), '') AS teams,
       coalesce((SELECT group_concat(id, ', ') FROM (SELECT e.id FROM casework_entity AS m JOIN entity AS e ON e.row = m.entity
                                                     WHERE m.casework = c.row ORDER BY e.id, e.kind)), '') AS members,
       c.opened_at, c.opened_by
  FROM casework AS c
 ORDER BY c.id;
