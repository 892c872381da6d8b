-- erase_panel: takes away what panels weighed of the record.
--   :entity  INTEGER  row of entity
DELETE FROM panel WHERE subject = :entity;
