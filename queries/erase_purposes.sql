-- erase_purposes: why people did things, in the hub itself, the names of the files that they loaded, and what
-- they remember of the viewer's page.
--   -> place INTEGER (of the statement that empties it, in erase_words.c); row INTEGER; text TEXT
-- scans: batch panel minute action_step decision picture alert_list kept deed deed_row review remembered
SELECT 0 AS place, row, files AS text FROM batch WHERE files <> ''
UNION ALL SELECT 1, row, purpose FROM batch WHERE purpose <> ''
UNION ALL SELECT 2, row, purpose FROM panel WHERE purpose <> ''
UNION ALL SELECT 3, row, purpose FROM minute WHERE purpose <> ''
UNION ALL SELECT 4, row, purpose FROM action_step WHERE purpose <> ''
UNION ALL SELECT 5, row, purpose FROM decision WHERE purpose <> ''
UNION ALL SELECT 6, row, purpose FROM picture WHERE purpose <> ''
UNION ALL SELECT 7, row, purpose FROM alert_list WHERE purpose <> ''
UNION ALL SELECT 8, row, purpose FROM kept WHERE purpose <> ''
UNION ALL SELECT 9, row, why FROM deed WHERE why <> ''
UNION ALL SELECT 10, row, purpose
  FROM (SELECT row, json_extract(coalesce(after, before), '$.purpose') AS purpose FROM deed_row)
 WHERE purpose <> ''
UNION ALL SELECT 11, row, purpose FROM review WHERE purpose <> ''
UNION ALL SELECT 12, row, name || char(10) || text FROM remembered
UNION ALL SELECT 13, row,
       json_extract(coalesce(before, after), '$.name') || char(10) ||
           ifnull(json_extract(before, '$.text'), '') || char(10) || ifnull(json_extract(after, '$.text'), '')
  FROM deed_row WHERE table_name = 'remembered'
 ORDER BY 1, 2;
