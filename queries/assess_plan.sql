-- assess_plan: the plan rows of a person and of the records confirmed to be the same, by due day.
--   :as_of  TEXT  last day of the steps that count
--   :row  INTEGER  the person
--   -> id, action, due, owner_role, measure_of_success, status, goal TEXT
SELECT a.id, a.action, a.due, a.owner_role, a.measure_of_success,
       coalesce((SELECT h.status FROM step_held AS h
                  WHERE h.action = a.row AND h.stepped_on <= :as_of
                  ORDER BY h.stepped_on DESC, h.row DESC LIMIT 1), a.status) AS status, a.goal
  FROM action AS a
 WHERE a.subject IN (SELECT :row
                     UNION SELECT s.entity FROM sameness AS s
                      WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY a.due = '', a.due, a.id
