-- grouping_correct: gives a group the content that its source now sends.
--   :name  TEXT
--   :kind  INTEGER
--   :extra  TEXT
--   :row  INTEGER
UPDATE grouping
   SET name = :name, kind = :kind, extra = :extra
 WHERE entity = :row;
