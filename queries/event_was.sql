-- event_was: events of the loads that count which later loads have corrected, as they were.
-- What the hub has no word, place or origin for any more is read as it is now.
--   :through  INTEGER  the last load that counts
--   -> row INTEGER; id TEXT; kind INTEGER (a row of word); occurred_at, ended_at TEXT;
--      location INTEGER (a row of entity; 0: none); severity INTEGER (0: none); origin INTEGER
-- scans: correction
WITH said AS (
    SELECT record, field, old_value, min(row) AS first FROM correction
     WHERE table_name = 'event' AND batch > :through
     GROUP BY record, field),
was AS (
    SELECT record,
           max(CASE field WHEN 'kind' THEN old_value END) AS kind,
           max(CASE field WHEN 'occurred_at' THEN old_value END) AS occurred_at,
           max(CASE field WHEN 'ended_at' THEN old_value END) AS ended_at,
           max(CASE field WHEN 'location_id' THEN old_value END) AS location,
           max(CASE field WHEN 'severity' THEN old_value END) AS severity,
           max(CASE field WHEN 'report_ref' THEN old_value END) AS report_ref,
           max(CASE field WHEN 'source_grade' THEN old_value END) AS source_grade,
           max(CASE field WHEN 'info_grade' THEN old_value END) AS info_grade,
           max(CASE field WHEN 'other_grade' THEN old_value END) AS other_grade,
           max(CASE field WHEN 'handling' THEN old_value END) AS handling,
           max(CASE field WHEN 'conditions' THEN old_value END) AS conditions,
           max(CASE field WHEN 'recorded_on' THEN old_value END) AS recorded_on
      FROM said GROUP BY record)
SELECT e.row, e.id,
       coalesce((SELECT row FROM word WHERE text = was.kind), e.kind) AS kind,
       coalesce(was.occurred_at, e.occurred_at) AS occurred_at,
       coalesce(was.ended_at, e.ended_at) AS ended_at,
       CASE was.location WHEN '' THEN 0
            ELSE coalesce((SELECT row FROM entity WHERE id = was.location AND kind = 2),
                          e.location, 0) END AS location,
       coalesce(CAST(was.severity AS INTEGER), e.severity, 0) AS severity,
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
                e.origin) AS origin
  FROM was
  JOIN event AS e ON e.row = was.record
  JOIN origin AS now ON now.row = e.origin
 WHERE e.batch <= :through
 ORDER BY e.row;
