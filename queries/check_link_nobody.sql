-- check_link_nobody: links to or from a person of whom neither name, alias nor date of
-- birth is known, nor of another record that is one with them.
--   -> severity, table_name, id, field, message TEXT
-- scans: link
SELECT DISTINCT 'WARNING' AS severity, 'links' AS table_name, coalesce(k.id, 'link:' || k.row) AS id,
       CASE k.from_entity WHEN p.entity THEN 'from_id' ELSE 'to_id' END AS field,
       'it leads to ' || n.id || ', of whom neither name nor date of birth is known' AS message
  FROM person AS p
  JOIN link AS k ON k.from_entity = p.entity OR k.to_entity = p.entity
  JOIN entity AS n ON n.row = p.entity
 WHERE p.name = '' AND p.aliases = '' AND p.dob = ''
   AND NOT EXISTS (SELECT 1
                     FROM sameness AS a
                     JOIN sameness AS b ON b.leader = a.leader
                     JOIN person AS q ON q.entity = b.entity
                    WHERE a.entity = p.entity AND (q.name <> '' OR q.aliases <> '' OR q.dob <> ''))
 ORDER BY k.row, n.id
