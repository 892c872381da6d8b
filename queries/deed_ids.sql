-- deed_ids: whom and what the change under way is about, for the audit log: ids of records, names
-- of accounts and cases. Of a load, those of its actions, assessments and contests: import's own are in its files.
--   :row  INTEGER  a row of deed
--   -> id TEXT
-- scans: action assessment contest
SELECT e.id FROM deed_row AS r JOIN entity AS e ON e.row = r.entity WHERE r.deed = :row
UNION
SELECT e.id FROM deed_row AS r JOIN entity AS e ON e.row = r.other WHERE r.deed = :row
UNION
SELECT e.id FROM deed_row AS r JOIN event AS e ON e.row = r.event WHERE r.deed = :row
UNION
SELECT about FROM deed_row WHERE deed = :row AND about <> '' AND table_name <> 'picture'
UNION
SELECT id FROM action WHERE batch = (SELECT load FROM deed WHERE row = :row AND undoes IS NULL)
UNION
SELECT (SELECT e.id FROM entity AS e WHERE e.row = a.subject)
  FROM action AS a
 WHERE a.subject IS NOT NULL AND a.batch = (SELECT load FROM deed WHERE row = :row AND undoes IS NULL)
UNION
SELECT (SELECT e.id FROM entity AS e WHERE e.row = a.person)
  FROM assessment AS a
 WHERE a.batch = (SELECT load FROM deed WHERE row = :row AND undoes IS NULL)
UNION
SELECT coalesce((SELECT e.id FROM entity AS e WHERE e.row = c.subject), (SELECT e.id FROM event AS e WHERE e.row = c.event), c.id)
  FROM contest AS c
 WHERE c.batch = (SELECT load FROM deed WHERE row = :row AND undoes IS NULL)
 ORDER BY 1;
