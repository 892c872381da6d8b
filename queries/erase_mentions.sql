-- erase_mentions: every word of the records that are left, a text a record.
--   -> table_name, id, text TEXT (id: a row number where the record has no id)
-- scans: person location grouping object event participation link context flag restriction assessment
--        indicator scale minute panel action action_step correction origin casework contest deed_row
--        review retention_rule source_right
SELECT 'persons' AS table_name, e.id,
       p.aliases || char(10) || p.notes || char(10) || p.extra || char(10) || p.address || char(10) ||
           p.identifiers || char(10) || p.local_authority AS text
  FROM person AS p JOIN entity AS e ON e.row = p.entity
UNION ALL
SELECT 'locations', e.id, l.name || char(10) || l.address || char(10) || l.extra
  FROM location AS l JOIN entity AS e ON e.row = l.entity
UNION ALL
SELECT 'groups', e.id, g.name || char(10) || g.extra FROM grouping AS g JOIN entity AS e ON e.row = g.entity
UNION ALL
SELECT 'objects', e.id, o.label || char(10) || o.extra FROM object AS o JOIN entity AS e ON e.row = o.entity
UNION ALL
SELECT 'events', id, summary || char(10) || extra FROM event WHERE summary <> '' OR extra <> ''
UNION ALL
SELECT 'participations', v.id, p.conviction_ref || char(10) || p.extra
  FROM participation AS p JOIN event AS v ON v.row = p.event
 WHERE p.conviction_ref <> '' OR p.extra <> ''
UNION ALL
SELECT 'links', coalesce(id, CAST(row AS TEXT)), notes || char(10) || conviction_ref || char(10) || extra
  FROM link WHERE notes <> '' OR conviction_ref <> '' OR extra <> ''
UNION ALL
SELECT 'contexts', CAST(row AS TEXT), summary || char(10) || extra FROM context WHERE summary <> '' OR extra <> ''
UNION ALL
SELECT 'flags', CAST(row AS TEXT), flag || char(10) || status || char(10) || holder || char(10) || extra FROM flag
UNION ALL
SELECT 'constraints', CAST(row AS TEXT), kind || char(10) || imposed_by || char(10) || extra FROM restriction
UNION ALL
SELECT 'assessments', id, tool || char(10) || assessor_role || char(10) || level || char(10) || extra FROM assessment
UNION ALL
SELECT 'indicators', CAST(row AS TEXT), item || char(10) || text || char(10) || extra FROM indicator
UNION ALL
SELECT 'scales', CAST(row AS TEXT), extra FROM scale WHERE extra <> ''
UNION ALL
SELECT 'minutes', CAST(row AS TEXT), text FROM minute
UNION ALL
SELECT 'panels', CAST(row AS TEXT), reason FROM panel
UNION ALL
SELECT 'actions', id, goal || char(10) || action || char(10) || measure_of_success || char(10) ||
       owner_role || char(10) || status || char(10) || extra
  FROM action
UNION ALL
SELECT 'steps of actions', a.id, s.note || char(10) || s.status
  FROM action_step AS s JOIN action AS a ON a.row = s.action
UNION ALL
SELECT 'contests', id, role || char(10) || field || char(10) || contested_by || char(10) || reason || char(10) ||
       resolved_by || char(10) || resolution || char(10) || extra
  FROM contest
UNION ALL
SELECT 'values before corrections', CAST(record AS TEXT), old_value || char(10) || new_value FROM correction
UNION ALL
SELECT 'origins', CAST(o.row AS TEXT), o.report_ref || char(10) || o.conditions || char(10) || o.other_grade || char(10) ||
       coalesce(s.name, '')
  FROM origin AS o LEFT JOIN source AS s ON s.row = o.source
UNION ALL
SELECT 'words', CAST(row AS TEXT), text FROM word
UNION ALL
SELECT 'cases', id, id FROM casework
UNION ALL
SELECT 'changes', CAST(deed AS TEXT),
       about || char(10) || ifnull((SELECT group_concat(value, char(10)) FROM json_each(before)), '') || char(10) ||
           ifnull((SELECT group_concat(value, char(10)) FROM json_each(after)), '')
  FROM deed_row
UNION ALL
SELECT 'reviews', e.id, v.reason FROM review AS v JOIN entity AS e ON e.row = v.entity
UNION ALL
SELECT 'rights', source, source || char(10) || held_for || char(10) || controller FROM source_right
UNION ALL
SELECT 'rules of retention', CAST(place AS TEXT),
       review_group || char(10) || word || char(10) || role || char(10) || source || char(10) || label FROM retention_rule
 ORDER BY 1, 2, 3;
