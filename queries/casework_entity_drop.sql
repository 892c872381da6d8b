-- casework_entity_drop: who a case is about no longer.
--   :casework  :entity  INTEGER
DELETE FROM casework_entity WHERE casework = :casework AND entity = :entity;
