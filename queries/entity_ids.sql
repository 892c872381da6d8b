-- entity_ids: the outside id of every person, place, group and object.
--   -> row, kind INTEGER; id TEXT
-- scans: entity
SELECT row, kind, id FROM entity ORDER BY id, kind;
