-- undo_person: takes away the people that a load brought; their entities follow.
--   :batch  INTEGER
-- scans: person
DELETE FROM person
 WHERE EXISTS (SELECT 1 FROM entity WHERE entity.row = person.entity AND entity.batch = :batch);
