-- contest_about: the people, places, groups and objects that a contest is about, by every record of each.
--   :row  INTEGER  row of contest
--   -> id TEXT; entity INTEGER
  WITH about AS (
    SELECT c.subject AS entity FROM contest AS c WHERE c.row = :row AND c.subject IS NOT NULL
    UNION SELECT p.person FROM contest AS c JOIN participation AS p ON p.event = c.event
           WHERE c.row = :row AND c.subject IS NULL
    UNION SELECT l.from_entity FROM contest AS c JOIN link AS l ON l.row = c.link WHERE c.row = :row
    UNION SELECT l.to_entity FROM contest AS c JOIN link AS l ON l.row = c.link WHERE c.row = :row
    UNION SELECT i.subject FROM contest AS c JOIN context AS i ON i.row = c.context WHERE c.row = :row)
SELECT e.id, e.row AS entity
  FROM (SELECT entity FROM about
        UNION SELECT b.entity FROM about AS m CROSS JOIN sameness AS a ON a.entity = m.entity
                        CROSS JOIN sameness AS b ON b.leader = a.leader) AS all_of
 CROSS JOIN entity AS e ON e.row = all_of.entity
 ORDER BY e.id, e.row
