-- history_record: what became of one person, place, group, object or event, the oldest first: the load
-- that brought it, what corrections replaced, and what people decided and entered about it.
--   :row  INTEGER  of entity, or of event
--   :is_event  INTEGER  1: of event
--   -> change INTEGER (NULL: a load's, or from before changes were numbered); at, by, what, field,
--      before, after TEXT (NULL: there was none, or is none any more); why TEXT; undone_by, seq INTEGER
-- scans: minute decision
WITH made AS (
    SELECT batch FROM entity WHERE row = :row AND :is_event = 0
    UNION ALL SELECT batch FROM event WHERE row = :row AND :is_event = 1),
corrected AS (
    SELECT c.row, c.batch, c.table_name, c.field, c.old_value, c.new_value FROM correction AS c
     WHERE c.record = :row
       AND c.table_name IN ('event', 'person', 'location', 'grouping', 'object')
       AND (c.table_name = 'event') = (:is_event = 1)
    UNION
    SELECT c.row, c.batch, c.table_name, c.field, c.old_value, c.new_value
      FROM link AS l
      JOIN correction AS c ON c.table_name = 'link' AND c.record = l.row
     WHERE :is_event = 0 AND (l.from_entity = :row OR l.to_entity = :row)),
touched AS (
    SELECT r.row, r.deed, r.table_name, r.before, r.after FROM deed_row AS r
     WHERE :is_event = 0 AND r.entity = :row
    UNION
    SELECT r.row, r.deed, r.table_name, r.before, r.after FROM deed_row AS r
     WHERE :is_event = 0 AND r.other = :row
    UNION
    SELECT r.row, r.deed, r.table_name, r.before, r.after FROM deed_row AS r
     WHERE :is_event = 1 AND r.event = :row)
SELECT (SELECT min(d.row) FROM deed AS d WHERE d.load = b.row AND d.undoes IS NULL) AS change,
       b.loaded_at AS at, b.user AS by, 'loaded (load ' || b.row || ')' AS what, '' AS field,
       NULL AS before, NULL AS after, b.purpose AS why, NULL AS undone_by, 0 AS seq
  FROM made AS m
  JOIN batch AS b ON b.row = m.batch
UNION ALL
SELECT (SELECT min(d.row) FROM deed AS d WHERE d.load = b.row AND d.undoes IS NULL), b.loaded_at, b.user,
       'corrected (load ' || b.row || ')',
       CASE c.table_name WHEN 'link' THEN 'link.' ELSE '' END || c.field, c.old_value, c.new_value,
       b.purpose, NULL, c.row
  FROM corrected AS c
  JOIN batch AS b ON b.row = c.batch
UNION ALL
SELECT d.row, d.at, d.user, d.what, t.table_name || '.' || f.key,
       CAST(json_extract(t.before, f.fullkey) AS TEXT), CAST(json_extract(t.after, f.fullkey) AS TEXT),
       d.why, d.undone_by, t.row * 100 + f.id
  FROM touched AS t
  JOIN deed AS d ON d.row = t.deed
  JOIN json_each(coalesce(t.after, t.before)) AS f
 WHERE f.key NOT IN ('row', 'rowid', 'one', 'other', 'subject', 'entity', 'event', 'action', 'account',
                     'casework', 'picture', 'user', 'purpose', 'recorded_at', 'decided_at', 'undone_by',
                     'x', 'y', 'width', 'height')
   AND ifnull(json_extract(t.before, f.fullkey), '') IS NOT ifnull(json_extract(t.after, f.fullkey), '')
   AND NOT (t.table_name = 'picture_place' AND f.value = 0)
UNION ALL
SELECT NULL, decided_at, user, CASE same WHEN 1 THEN 'link confirm' ELSE 'link refuse' END, 'decision.same',
       NULL, CAST(same AS TEXT), purpose, NULL, row
  FROM decision AS o
 WHERE :is_event = 0 AND (one = :row OR other = :row)
   AND NOT EXISTS (SELECT 1 FROM touched AS t
                    WHERE t.table_name = 'decision' AND json_extract(t.after, '$.row') = o.row)
UNION ALL
SELECT NULL, recorded_at, user, 'panel', 'panel.reason', NULL, reason, purpose, NULL, row
  FROM panel AS o
 WHERE :is_event = 0 AND subject = :row
   AND NOT EXISTS (SELECT 1 FROM touched AS t
                    WHERE t.table_name = 'panel' AND json_extract(t.after, '$.row') = o.row)
UNION ALL
SELECT NULL, recorded_at, user, 'actions decide', 'minute.text', NULL, text, purpose, NULL, row
  FROM minute AS o
 WHERE :is_event = 0 AND subject = :row
   AND NOT EXISTS (SELECT 1 FROM touched AS t
                    WHERE t.table_name = 'minute' AND json_extract(t.after, '$.row') = o.row)
 ORDER BY 2, 1, 10;
