-- language_texts: what people wrote in their own words, and the words that they made up.
-- Kinds and flags that Kith knows are for the reader to leave out.
--   -> table_name, id, field, text TEXT
-- scans: person grouping event link context contest flag indicator action
SELECT 'actions' AS table_name, id, 'action' AS field, action AS text FROM action WHERE action <> ''
UNION ALL
SELECT 'actions', id, 'goal', goal FROM action WHERE goal <> ''
UNION ALL
SELECT 'actions', id, 'measure_of_success', measure_of_success FROM action WHERE measure_of_success <> ''
UNION ALL
SELECT 'contests', id, 'reason', reason FROM contest WHERE reason <> ''
UNION ALL
SELECT 'contests', id, 'resolution', resolution FROM contest WHERE resolution <> ''
UNION ALL
SELECT 'contexts', n.id, 'summary', c.summary
  FROM context AS c JOIN entity AS n ON n.row = c.subject WHERE c.summary <> ''
UNION ALL
SELECT 'events', min(e.id), 'kind', w.text FROM event AS e JOIN word AS w ON w.row = e.kind
 GROUP BY e.kind
UNION ALL
SELECT 'events', id, 'summary', summary FROM event WHERE summary <> ''
UNION ALL
SELECT 'flags', n.id, 'flag', f.flag
  FROM flag AS f JOIN entity AS n ON n.row = f.person
UNION ALL
SELECT 'groups', n.id, 'name', g.name
  FROM grouping AS g JOIN entity AS n ON n.row = g.entity WHERE g.name <> ''
UNION ALL
SELECT 'indicators', a.id, 'text', i.text
  FROM indicator AS i JOIN assessment AS a ON a.row = i.assessment WHERE i.text <> ''
UNION ALL
SELECT 'links', min(n.id), 'kind', w.text
  FROM link AS l JOIN word AS w ON w.row = l.kind JOIN entity AS n ON n.row = l.from_entity
 GROUP BY l.kind
UNION ALL
SELECT 'links', n.id, 'notes', l.notes
  FROM link AS l JOIN entity AS n ON n.row = l.from_entity WHERE l.notes <> ''
UNION ALL
SELECT 'persons', n.id, 'notes', p.notes
  FROM person AS p JOIN entity AS n ON n.row = p.entity WHERE p.notes <> ''
 ORDER BY table_name, field, id, text
