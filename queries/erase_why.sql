-- erase_why: empties a purpose in the audit log; its seal stays.
--   :seq  INTEGER
UPDATE audit.entry SET why = NULL WHERE seq = :seq;
