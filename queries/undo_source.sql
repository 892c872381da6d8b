-- undo_source: takes away the sources that no origin names any more.
-- scans: source origin
DELETE FROM source
 WHERE row NOT IN (SELECT source FROM origin WHERE source IS NOT NULL);
