-- erase_indicator: takes away the indicators of the person's assessments.
--   :entity  INTEGER  row of entity
-- scans: indicator
DELETE FROM indicator WHERE assessment IN (SELECT row FROM assessment WHERE person = :entity);
