-- flag_all: every flag of a person, as a map needs it.
--   -> person INTEGER (a row of entity: of one that stands for it, if any); flag, status, valid_from, valid_to TEXT
-- scans: flag
SELECT coalesce(s.leader, f.person) AS person, f.flag, f.status, f.valid_from, f.valid_to
  FROM flag AS f
  LEFT JOIN sameness AS s ON s.entity = f.person
 ORDER BY coalesce(s.leader, f.person), f.flag, f.valid_from, f.row;
