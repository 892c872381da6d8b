-- restriction_all: every condition that keeps a person from another, or from a place.
--   -> person INTEGER (a row of entity); other INTEGER (NULL when it names nobody);
--      kind, imposed_by, valid_from, valid_to TEXT
-- scans: restriction
SELECT person, other, kind, imposed_by, valid_from, valid_to
  FROM restriction ORDER BY person, other, kind, valid_from, row;
