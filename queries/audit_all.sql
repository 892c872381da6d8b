-- audit_all: every entry, the oldest first.
--   -> seq INTEGER; at, user TEXT; act INTEGER (kith_act); what, recipient, why TEXT (why missing: emptied)
--      why_seal, ids BLOB; changes INTEGER (missing: nothing changed); hash BLOB
-- scans: entry
SELECT seq, at, user, act, what, recipient, why, why_seal, ids, changes, hash
  FROM audit.entry
 ORDER BY seq;
