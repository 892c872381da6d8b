-- erase_assessment: takes away the person's assessments.
--   :entity  INTEGER  row of entity
DELETE FROM assessment WHERE person = :entity;
