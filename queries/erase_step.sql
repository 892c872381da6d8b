-- erase_step: takes away the steps of actions for the record.
--   :entity  INTEGER  row of entity
-- scans: action_step
DELETE FROM action_step WHERE action IN (SELECT row FROM action WHERE subject = :entity);
