-- changes_undone: loads up to one that were taken back at a moment or after it.
--   :load  INTEGER  a row of batch
--   :moment  TEXT  UTC
--   -> row INTEGER; loaded_at, undone_at TEXT
SELECT row, loaded_at, undone_at FROM batch
 WHERE row <= :load AND undone_at <> '' AND undone_at >= :moment
 ORDER BY row;
