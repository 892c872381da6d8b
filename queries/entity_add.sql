-- entity_add: makes a person, place, group or object known.
-- kind is 1 for a person, 2 for a location, 3 for a group, 4 for an object.
INSERT OR FAIL INTO entity
    (kind, id, origin, batch)
SELECT c1, c2, c3, c4
  FROM waiting;
