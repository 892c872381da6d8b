-- link_was: declared links of the loads that count which later loads have corrected, as they were.
-- What the hub has no word, end or origin for any more is read as it is now.
--   :through  INTEGER  the last load that counts
--   -> row INTEGER; id TEXT ('' when it has none); from_entity, to_entity INTEGER;
--      kind INTEGER (a row of word); valence TEXT; weight REAL (NULL when none);
--      valid_from, valid_to TEXT; convicted INTEGER (1 with a conviction reference);
--      origin INTEGER
-- scans: correction
WITH said AS (
    SELECT record, field, old_value, min(row) AS first FROM correction
     WHERE table_name = 'link' AND batch > :through
     GROUP BY record, field),
was AS (
    SELECT record,
           max(CASE field WHEN 'from_id' THEN old_value END) AS from_id,
           max(CASE field WHEN 'to_id' THEN old_value END) AS to_id,
           max(CASE field WHEN 'kind' THEN old_value END) AS kind,
           max(CASE field WHEN 'valence' THEN old_value END) AS valence,
           max(CASE field WHEN 'weight' THEN old_value END) AS weight,
           max(CASE field WHEN 'valid_from' THEN old_value END) AS valid_from,
           max(CASE field WHEN 'valid_to' THEN old_value END) AS valid_to,
           max(CASE field WHEN 'conviction_ref' THEN old_value END) AS conviction_ref,
           max(CASE field WHEN 'report_ref' THEN old_value END) AS report_ref,
           max(CASE field WHEN 'source_grade' THEN old_value END) AS source_grade,
           max(CASE field WHEN 'info_grade' THEN old_value END) AS info_grade,
           max(CASE field WHEN 'other_grade' THEN old_value END) AS other_grade,
           max(CASE field WHEN 'handling' THEN old_value END) AS handling,
           max(CASE field WHEN 'conditions' THEN old_value END) AS conditions,
           max(CASE field WHEN 'recorded_on' THEN old_value END) AS recorded_on
      FROM said GROUP BY record),
space AS (
    SELECT 1 AS kind, 'person:' AS prefix UNION ALL SELECT 2, 'location:'
    UNION ALL SELECT 3, 'group:' UNION ALL SELECT 4, 'object:')
SELECT l.row, ifnull(l.id, '') AS id,
       coalesce((SELECT e.row FROM space JOIN entity AS e ON e.kind = space.kind
                  WHERE substr(was.from_id, 1, length(prefix)) = prefix
                    AND e.id = substr(was.from_id, length(prefix) + 1)), l.from_entity) AS from_entity,
       coalesce((SELECT e.row FROM space JOIN entity AS e ON e.kind = space.kind
                  WHERE substr(was.to_id, 1, length(prefix)) = prefix
                    AND e.id = substr(was.to_id, length(prefix) + 1)), l.to_entity) AS to_entity,
       coalesce((SELECT row FROM word WHERE text = was.kind), l.kind) AS kind,
       coalesce(was.valence, l.valence) AS valence,
       CASE was.weight WHEN '' THEN NULL
            ELSE coalesce(CAST(was.weight AS REAL), l.weight) END AS weight,
       coalesce(was.valid_from, l.valid_from) AS valid_from,
       coalesce(was.valid_to, l.valid_to) AS valid_to,
       coalesce(was.conviction_ref, l.conviction_ref) <> '' AS convicted,
       coalesce((SELECT o.row FROM origin AS o
                  WHERE ifnull(o.source, 0) = ifnull(now.source, 0)
                    AND o.report_ref = coalesce(was.report_ref, now.report_ref)
                    AND ifnull(o.source_grade, 0)
                        = coalesce(CAST(was.source_grade AS INTEGER), now.source_grade, 0)
                    AND ifnull(o.info_grade, '') = coalesce(was.info_grade, now.info_grade, '')
                    AND o.other_grade = coalesce(was.other_grade, now.other_grade)
                    AND o.handling = coalesce(was.handling, now.handling)
                    AND o.conditions = coalesce(was.conditions, now.conditions)
                    AND o.recorded_on = coalesce(was.recorded_on, now.recorded_on)),
                l.origin) AS origin
  FROM was
  JOIN link AS l ON l.row = was.record
  JOIN origin AS now ON now.row = l.origin
 WHERE l.batch <= :through
 ORDER BY l.row;
