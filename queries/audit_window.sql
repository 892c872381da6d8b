-- audit_window: entries of the view's days, the oldest first.
--   :since  :as_of  TEXT  YYYY-MM-DD, both included; entries' times are UTC
--   -> seq INTEGER; at, user TEXT; act INTEGER (kith_act); what, recipient, why TEXT (why missing: emptied)
--      why_seal, ids BLOB; changes INTEGER (missing: nothing changed); hash BLOB
-- scans: entry
SELECT seq, at, user, act, what, recipient, why, why_seal, ids, changes, hash
  FROM audit.entry
 WHERE substr(at, 1, 10) BETWEEN :since AND :as_of
 ORDER BY seq;
