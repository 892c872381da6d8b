-- action_all: every action with its status on as-of, by due day, those without one last.
--   :as_of  TEXT  last day of the steps that count
--   -> row, subject, kind INTEGER (subject and kind of entity missing when it has none);
--      subject_id, id, context, goal, action, due, owner_role, measure_of_success, status, status_on,
--      note, source, loaded_on TEXT; held INTEGER (how many steps it went)
-- scans: action
SELECT a.row, a.subject, e.kind, e.id AS subject_id, a.id, a.context, a.goal, a.action, a.due, a.owner_role,
       a.measure_of_success, coalesce(s.status, a.status) AS status, coalesce(s.stepped_on, '') AS status_on,
       coalesce(s.note, '') AS note, v.source, substr(b.loaded_at, 1, 10) AS loaded_on,
       (SELECT count(*) FROM action_step AS n WHERE n.action = a.row AND n.stepped_on <= :as_of) AS held
  FROM action AS a
  JOIN provenance AS v ON v.origin = a.origin
  JOIN batch AS b ON b.row = a.batch
  LEFT JOIN entity AS e ON e.row = a.subject
  LEFT JOIN action_step AS s
    ON s.row = (SELECT h.row FROM step_held AS h
                 WHERE h.action = a.row AND h.stepped_on <= :as_of
                 ORDER BY h.stepped_on DESC, h.row DESC LIMIT 1)
 ORDER BY a.due = '', a.due, a.id
