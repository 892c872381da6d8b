-- action_steps: how one action went on: what loads said of its status, then what was recorded since,
-- in the order in which the hub heard of it.
--   :id     TEXT  of the action
--   :as_of  TEXT  last day of the steps
--   -> stepped_on, status, note, user, recorded_at TEXT
SELECT stepped_on, status, note, user, recorded_at
  FROM (SELECT substr(b.loaded_at, 1, 10) AS stepped_on,
               coalesce((SELECT c.old_value FROM correction AS c
                          WHERE c.table_name = 'action' AND c.record = a.row AND c.field = 'status'
                          ORDER BY c.batch LIMIT 1), a.status) AS status,
               '' AS note, b.user, b.loaded_at AS recorded_at, 0 AS part, a.row AS nth
          FROM action AS a
          JOIN batch AS b ON b.row = a.batch
         WHERE a.id = :id
        UNION ALL
        SELECT substr(b.loaded_at, 1, 10), c.new_value, 'corrected by load ' || c.batch, b.user, b.loaded_at, 1, c.batch
          FROM action AS a
          JOIN correction AS c ON c.table_name = 'action' AND c.record = a.row AND c.field = 'status'
          JOIN batch AS b ON b.row = c.batch
         WHERE a.id = :id
        UNION ALL
        SELECT s.stepped_on, s.status, s.note, s.user, s.recorded_at, 2, s.row
          FROM action AS a
          JOIN action_step AS s ON s.action = a.row
         WHERE a.id = :id AND s.stepped_on <= :as_of)
 ORDER BY part = 2, recorded_at, part, stepped_on, nth
