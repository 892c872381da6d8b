-- alert_known: who was on the lists of some days, event by event.
--   :list          TEXT  schools or ppn
--   :from  :until  TEXT  the first day, and the first that is no longer asked for
--   -> event, person TEXT
SELECT DISTINCT a.event, a.person
  FROM alert_list AS l
 CROSS JOIN alert AS a ON a.list = l.row
 WHERE l.list = :list AND l.day >= :from AND l.day < :until
 ORDER BY a.event, a.person;
