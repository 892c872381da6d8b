-- check_flag_orphan: flags that hold on nothing: said to be current though they have ended, or
-- of a person whom no event, link, context or assessment mentions, nor a record that is one with them.
--   :as_of  TEXT
--   -> severity, table_name, id, field, message TEXT
-- scans: flag
SELECT 'WARNING' AS severity, 'flags' AS table_name, n.id, 'valid_to' AS field,
       f.flag || ' is ' || f.status || ', yet it ended ' || f.valid_to AS message
  FROM flag AS f
  JOIN entity AS n ON n.row = f.person
 WHERE lower(f.status) IN ('active', 'current', 'open') AND f.valid_to <> ''
   AND f.valid_to < substr(:as_of, 1, length(f.valid_to))
UNION ALL
SELECT 'NOTE', 'flags', n.id, 'person_id', 'the flag is all that is recorded of this person'
  FROM flag AS f
  JOIN entity AS n ON n.row = f.person
 WHERE NOT EXISTS (SELECT 1 FROM mention WHERE entity = f.person)
   AND NOT EXISTS (SELECT 1
                     FROM sameness AS a
                     JOIN sameness AS b ON b.leader = a.leader
                    WHERE a.entity = f.person AND EXISTS (SELECT 1 FROM mention WHERE entity = b.entity))
 ORDER BY 1, 3, 5
