-- erase_names: what a record is called and was called before corrections.
--   :entity  INTEGER  row
--   -> field, text TEXT (of aliases and identifiers several, with ';' between)
-- scans: correction
SELECT 'id' AS field, id AS text FROM entity WHERE row = :entity
UNION
SELECT 'name', name FROM person WHERE entity = :entity
UNION
SELECT 'aliases', aliases FROM person WHERE entity = :entity
UNION
SELECT 'identifiers', identifiers FROM person WHERE entity = :entity
UNION
SELECT 'name', name FROM location WHERE entity = :entity
UNION
SELECT 'name', name FROM grouping WHERE entity = :entity
UNION
SELECT 'name', label FROM object WHERE entity = :entity
UNION
SELECT CASE field WHEN 'label' THEN 'name' ELSE field END, old_value FROM correction
 WHERE table_name IN ('person', 'location', 'grouping', 'object') AND record = :entity
   AND field IN ('name', 'aliases', 'identifiers', 'label')
 ORDER BY 1, 2;
