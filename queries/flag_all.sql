-- flag_all: every flag of a person, as a map needs it.
--   -> person INTEGER (a row of entity); flag, status, valid_from, valid_to TEXT
-- scans: flag
SELECT person, flag, status, valid_from, valid_to
  FROM flag ORDER BY person, flag, valid_from, row;
