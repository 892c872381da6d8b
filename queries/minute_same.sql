-- minute_same: the same decision, where one holds.
--   :subject  INTEGER  row of entity; 0 for none
--   :meeting  :decided_on  :kind  :text  TEXT
--   -> row INTEGER
-- scans: minute
SELECT row FROM minute
 WHERE ifnull(subject, 0) = :subject AND meeting = :meeting AND decided_on = :decided_on AND kind = :kind
   AND text = :text AND undone_at = ''
 ORDER BY row
