-- kept_last: the last keeping of a day on or before as-of, by the same rules for the same audience.
--   :rules  :audience  TEXT
--   :as_of  TEXT
--   :through  INTEGER  the last load that counts
--   -> row INTEGER; as_of TEXT; next_letter INTEGER
-- one row
SELECT row, as_of, next_letter FROM kept
 WHERE rules = :rules AND audience = :audience AND as_of <= :as_of AND load <= :through
 ORDER BY as_of DESC, row DESC LIMIT 1;
