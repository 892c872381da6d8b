-- erase_deed_remembered: takes away what a change kept of a remembered view.
--   :row  INTEGER  of deed_row
DELETE FROM deed_row WHERE row = :row;
