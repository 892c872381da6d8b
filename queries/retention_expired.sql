-- retention_expired: people of whom every link and event up to a day had ended before another, by id.
--   :as_of  :since  TEXT
--   -> id TEXT (records that are one person: of the one that stands for them)
-- scans: participation link
WITH tie AS (
    SELECT p.person AS entity, e.occurred_at = '' AS lasts,
           substr(coalesce(nullif(e.ended_at, ''), e.occurred_at), 1, 10) AS day
      FROM participation AS p
      JOIN event AS e ON e.row = p.event
     WHERE e.occurred_at < :as_of || '~'
    UNION ALL
    SELECT from_entity, valid_to = '', substr(valid_to, 1, 10) FROM link
    UNION ALL
    SELECT to_entity, valid_to = '', substr(valid_to, 1, 10) FROM link)
SELECT e.id
  FROM tie AS t
  LEFT JOIN sameness AS s ON s.entity = t.entity
  JOIN person AS p ON p.entity = coalesce(s.leader, t.entity)
  JOIN entity AS e ON e.row = p.entity
 GROUP BY e.id
HAVING max(t.lasts) = 0 AND max(CASE length(t.day) WHEN 7 THEN t.day || '-31' ELSE t.day END) < :since
 ORDER BY e.id;
