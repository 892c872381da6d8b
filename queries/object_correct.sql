-- object_correct: gives an object the content that its source now sends.
--   :kind  INTEGER
--   :label  :extra  TEXT
--   :row  INTEGER
UPDATE object
   SET kind = :kind, label = :label, extra = :extra
 WHERE entity = :row;
