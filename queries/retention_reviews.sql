-- retention_reviews: what reviews decided up to as-of, the newest first; of each record that is one with others, too.
--   :as_of  TEXT  day
--   -> row INTEGER; entity INTEGER (who stands for those that are one); id, decision, until, reason,
--      user, decided_on TEXT
-- scans: review
SELECT v.row, coalesce(s.leader, v.entity) AS entity, e.id, v.decision, v.until, v.reason, v.user, v.decided_on
  FROM review AS v
  JOIN entity AS e ON e.row = v.entity
  LEFT JOIN sameness AS s ON s.entity = v.entity
 WHERE v.decided_on <= :as_of
 ORDER BY v.decided_on DESC, v.row DESC;
