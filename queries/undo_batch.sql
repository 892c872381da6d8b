-- undo_batch: takes a load itself off the list.
--   :row  INTEGER
DELETE FROM batch WHERE row = :row;
