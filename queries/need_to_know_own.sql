-- need_to_know_own: what is seen by users who see the cases of their teams only (need_to_know.sql).

-- Of the user's cases, and later of what the people in them touch, whatever is not ruled out; several records
-- of one follow the strictest of them.
CREATE TEMP TABLE reached (row INTEGER PRIMARY KEY);
INSERT INTO temp.reached SELECT entity FROM temp.mine_too;
CREATE TEMP VIEW allowed AS
SELECT r.row
  FROM temp.reached AS r
 WHERE NOT EXISTS (SELECT 1 FROM temp.ruled_out AS o WHERE o.row = r.row)
   AND NOT EXISTS (SELECT 1
                     FROM main.sameness AS a
                    CROSS JOIN main.sameness AS b ON b.leader = a.leader
                    WHERE a.entity = r.row AND EXISTS (SELECT 1 FROM temp.ruled_out AS o WHERE o.row = b.entity));
CREATE TEMP TABLE seen_entity (row INTEGER PRIMARY KEY);
INSERT INTO temp.seen_entity SELECT row FROM temp.allowed;

-- Events that somebody who is seen takes part in, but for those hidden by their origin. Where a hidden person
-- takes part too, what was written about the event may name them: it is left out (hushed_event).
CREATE TEMP TABLE seen_event (row INTEGER PRIMARY KEY);
INSERT OR IGNORE INTO temp.seen_event
SELECT e.row
  FROM temp.seen_entity AS s
 CROSS JOIN main.participation AS p ON p.person = s.row
 CROSS JOIN main.event AS e ON e.row = p.event
 WHERE (SELECT events FROM temp.may)
   AND p.origin NOT IN (SELECT row FROM temp.hidden_origin)
   AND e.origin NOT IN (SELECT row FROM temp.hidden_origin);
CREATE TEMP TABLE hushed_event (row INTEGER PRIMARY KEY);
INSERT INTO temp.hushed_event
SELECT s.row
  FROM temp.seen_event AS s
 WHERE EXISTS (SELECT 1 FROM main.participation AS p
                WHERE p.event = s.row AND p.person NOT IN (SELECT row FROM temp.seen_entity));

-- Places, groups and objects that they touch, and no others.
INSERT OR IGNORE INTO temp.reached
SELECT e.location
  FROM temp.seen_event AS s
 CROSS JOIN main.event AS e ON e.row = s.row
 WHERE e.location IS NOT NULL;
INSERT OR IGNORE INTO temp.reached
SELECT p.school
  FROM temp.seen_entity AS s
 CROSS JOIN main.person AS p ON p.entity = s.row
 WHERE p.school IS NOT NULL;
INSERT OR IGNORE INTO temp.reached
SELECT e.row
  FROM temp.seen_entity AS s
 CROSS JOIN main.link AS l ON l.from_entity = s.row OR l.to_entity = s.row
 CROSS JOIN main.entity AS e ON e.row = CASE l.from_entity WHEN s.row THEN l.to_entity ELSE l.from_entity END
 WHERE e.kind > 1
   AND (SELECT links FROM temp.may)
   AND l.origin NOT IN (SELECT row FROM temp.hidden_origin);
INSERT OR IGNORE INTO temp.reached
SELECT b.entity
  FROM temp.reached AS r
 CROSS JOIN main.sameness AS a ON a.entity = r.row
 CROSS JOIN main.sameness AS b ON b.leader = a.leader;
INSERT OR IGNORE INTO temp.seen_entity SELECT row FROM temp.allowed;
