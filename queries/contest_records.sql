-- contest_records: the events, links and parts in events that are contested on as-of, or were found to be
-- wrong, as the network needs them; of several contests of one the gravest last.
--   :as_of  TEXT  day
--   :through  INTEGER  the last load that counts
--   -> part INTEGER (1 an event, 2 a part in one, 3 a link); record INTEGER (row of event or link);
--      person, role, origin INTEGER (rows; person and role 0 but for a part); wrong INTEGER (1: found to be wrong)
-- scans: contest
WITH held AS (
    SELECT subject, event, link, role, (wrong AND settled <= :as_of) AS wrong
      FROM contest_time
     WHERE since <= :as_of AND (settled > :as_of OR wrong) AND batch <= :through)
SELECT 1 AS part, e.row AS record, 0 AS person, 0 AS role, e.origin, h.wrong
  FROM held AS h
  JOIN event AS e ON e.row = h.event
 WHERE h.subject IS NULL
UNION
SELECT 2 AS part, p.event AS record, p.person, p.role, p.origin, h.wrong
  FROM held AS h
  JOIN participation AS p ON p.event = h.event
  JOIN word AS w ON w.row = p.role
 WHERE h.subject IS NOT NULL AND (h.role = '' OR w.text = h.role)
   AND (p.person = h.subject
        OR EXISTS (SELECT 1 FROM sameness AS a JOIN sameness AS b ON b.leader = a.leader
                    WHERE a.entity = p.person AND b.entity = h.subject))
UNION
SELECT 3 AS part, l.row AS record, 0 AS person, 0 AS role, l.origin, h.wrong
  FROM held AS h
  JOIN link AS l ON l.row = h.link
 ORDER BY part, record, person, role, origin, wrong;
