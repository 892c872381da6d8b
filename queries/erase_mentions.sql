-- erase_mentions: what other records say in words in which a text stands.
--   :text  TEXT  in any case
--   -> table_name, id, field TEXT (id: a row number where the record has no id)
-- scans: person location grouping object event link context indicator minute panel action
SELECT 'persons' AS table_name, e.id, 'notes' AS field
  FROM person AS p JOIN entity AS e ON e.row = p.entity
 WHERE instr(lower(p.notes || p.extra || p.address), lower(:text)) > 0
UNION ALL
SELECT 'locations', e.id, 'name' FROM location AS l JOIN entity AS e ON e.row = l.entity
 WHERE instr(lower(l.name || l.address || l.extra), lower(:text)) > 0
UNION ALL
SELECT 'groups', e.id, 'name' FROM grouping AS g JOIN entity AS e ON e.row = g.entity
 WHERE instr(lower(g.name || g.extra), lower(:text)) > 0
UNION ALL
SELECT 'objects', e.id, 'label' FROM object AS o JOIN entity AS e ON e.row = o.entity
 WHERE instr(lower(o.label || o.extra), lower(:text)) > 0
UNION ALL
SELECT 'events', id, 'summary' FROM event WHERE instr(lower(summary || extra), lower(:text)) > 0
UNION ALL
SELECT 'links', coalesce(id, CAST(row AS TEXT)), 'notes' FROM link
 WHERE instr(lower(notes || extra), lower(:text)) > 0
UNION ALL
SELECT 'contexts', CAST(row AS TEXT), 'summary' FROM context
 WHERE instr(lower(summary || extra), lower(:text)) > 0
UNION ALL
SELECT 'indicators', CAST(row AS TEXT), 'text' FROM indicator
 WHERE instr(lower(text || extra), lower(:text)) > 0
UNION ALL
SELECT 'minutes', CAST(row AS TEXT), 'text' FROM minute WHERE instr(lower(text || purpose), lower(:text)) > 0
UNION ALL
SELECT 'panels', CAST(row AS TEXT), 'reason' FROM panel WHERE instr(lower(reason || purpose), lower(:text)) > 0
UNION ALL
SELECT 'actions', id, 'action' FROM action
 WHERE instr(lower(goal || action || measure_of_success || extra), lower(:text)) > 0
 ORDER BY 1, 2;
