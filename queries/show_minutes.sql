-- show_minutes: what meetings decided of one person, group, place or object, of every record that is
-- one with it, those taken back too; the oldest first.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT m.decided_on AS date, 'decision:' || m.row AS record,
       m.meeting || ' meeting: ' || CASE m.kind WHEN 'adopted' THEN 'adopted by the hub'
                                                WHEN 'released' THEN 'no longer adopted by the hub'
                                                ELSE '' END
           || CASE WHEN m.kind <> 'decision' AND m.text <> '' THEN ': ' ELSE '' END || m.text
           || CASE WHEN m.undone_at <> '' THEN ' [taken back ' || substr(m.undone_at, 1, 10) || ']' ELSE '' END AS detail,
       m.user AS source, '' AS report_ref, '' AS grade, '' AS handling, substr(m.recorded_at, 1, 10) AS recorded_on
  FROM minute AS m
 WHERE m.subject IN (SELECT :row
                     UNION SELECT s.entity FROM sameness AS s
                      WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY m.decided_on, m.row
