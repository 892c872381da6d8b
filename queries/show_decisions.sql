-- show_decisions: what was decided of one record, and of those that are one with it, as it holds.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
  WITH one AS (SELECT :row AS entity
               UNION SELECT s.entity FROM sameness AS s
                      WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
SELECT d.decided_at AS date, a.id || '/' || b.id AS record,
       a.id || CASE d.same WHEN 1 THEN ' and ' || b.id || ' are one' ELSE ' is not ' || b.id END
           || ', decided by ' || d.user AS detail,
       '' AS source, '' AS report_ref, '' AS grade, '' AS handling,
       '' AS recorded_on
  FROM (SELECT * FROM decision WHERE one IN (SELECT entity FROM one) AND undone_at = ''
        UNION SELECT * FROM decision WHERE other IN (SELECT entity FROM one) AND undone_at = '') AS d
  JOIN entity AS a ON a.row = d.one
  JOIN entity AS b ON b.row = d.other
 ORDER BY a.id, b.id;
