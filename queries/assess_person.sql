-- assess_person: whose an assessment is.
--   :id  TEXT
--   -> person INTEGER
-- one row
SELECT person FROM assessment WHERE id = :id;
