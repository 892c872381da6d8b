-- erase_whys: the purposes in the audit log.
--   -> seq INTEGER; why TEXT
-- scans: entry
SELECT seq, why FROM audit.entry WHERE why <> '' ORDER BY seq;
