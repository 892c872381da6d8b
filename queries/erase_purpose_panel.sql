-- erase_purpose_panel: empties a purpose.
--   :row  INTEGER
UPDATE panel SET purpose = '' WHERE row = :row;
