-- erase_loads: the loads that may have given a record its words.
--   :entity  INTEGER  row of entity
--   -> batch INTEGER
-- scans: correction
SELECT batch FROM entity WHERE row = :entity
UNION
SELECT batch FROM correction
 WHERE table_name IN ('person', 'location', 'grouping', 'object') AND record = :entity
 ORDER BY 1;
