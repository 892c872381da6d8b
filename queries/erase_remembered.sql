-- erase_remembered: takes away a remembered view.
--   :row  INTEGER
DELETE FROM remembered WHERE row = :row;
