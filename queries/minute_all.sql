-- minute_all: what meetings have decided up to as-of, the newest first; what was taken back is left out.
--   :as_of  TEXT  last day
--   -> row, subject, kind INTEGER (subject and kind of entity missing when it is of none); subject_id,
--      decided_on, meeting, what, text, user, recorded_at TEXT
-- scans: minute
SELECT m.row, m.subject, e.kind, e.id AS subject_id, m.decided_on, m.meeting, m.kind AS what, m.text, m.user,
       m.recorded_at
  FROM minute AS m
  LEFT JOIN entity AS e ON e.row = m.subject
 WHERE m.undone_at = '' AND m.decided_on <= :as_of
 ORDER BY m.decided_on DESC, m.row DESC
