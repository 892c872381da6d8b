-- erase_purpose_action_step: empties a purpose.
--   :row  INTEGER
UPDATE action_step SET purpose = '' WHERE row = :row;
