-- show_corrections: what corrections replaced in one record.
--   :table  TEXT
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT b.loaded_at AS date, 'correction:' || c.row AS record,
       c.field || ' was ' || c.old_value || ', is ' || c.new_value AS detail,
       '' AS source, '' AS report_ref, '' AS grade, '' AS handling, '' AS recorded_on
  FROM correction AS c
  JOIN batch AS b ON b.row = c.batch
 WHERE c.table_name = :table AND c.record = :row
 ORDER BY c.row
