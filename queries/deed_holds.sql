-- deed_holds: a change that was taken back holds again.
--   :row  INTEGER
UPDATE deed SET undone_by = NULL WHERE row = :row;
