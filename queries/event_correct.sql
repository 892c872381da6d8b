-- event_correct: gives an event the content that its source now sends.
--   :kind  INTEGER
--   :occurred_at  :ended_at  TEXT
--   :location  :severity  INTEGER
--   :summary  :extra  TEXT
--   :origin  :row  INTEGER
UPDATE event
   SET kind = :kind, occurred_at = :occurred_at, ended_at = :ended_at, location = :location,
       severity = :severity, summary = :summary, extra = :extra, origin = :origin
 WHERE row = :row;
