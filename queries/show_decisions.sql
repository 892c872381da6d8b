-- show_decisions: what was decided of one record and others, as it holds. Records that
-- are one are shown together, so a confirmation stands with the first of its two.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT d.decided_at AS date, a.id || '/' || b.id AS record,
       a.id || CASE d.same WHEN 1 THEN ' and ' || b.id || ' are one' ELSE ' is not ' || b.id END
           || ', decided by ' || d.user AS detail,
       '' AS source, '' AS report_ref, '' AS grade, '' AS handling,
       '' AS recorded_on
  FROM (SELECT * FROM decision WHERE one = :row AND undone_at = ''
        UNION ALL SELECT * FROM decision WHERE other = :row AND undone_at = '' AND same = 0) AS d
  JOIN entity AS a ON a.row = d.one
  JOIN entity AS b ON b.row = d.other
 ORDER BY a.id, b.id;
