-- sightings: where people were at a known minute, each person's in the order of time. A missing
-- episode's place is where it ended. Who reports or helps need not be there. People come in the
-- order of an index, so that only the events of one are sorted at a time.
--   -> person INTEGER (the row that stands for it); at, event, id TEXT (of the event, of the
--      person); place INTEGER (the row that stands for it); lat, lon, easting, northing REAL
--      (missing when not given)
-- scans: participation sameness
SELECT t.person, CASE WHEN w.text IN ('missing', 'missing_episode') THEN e.ended_at ELSE e.occurred_at END AS at,
       e.id AS event, n.id, coalesce((SELECT leader FROM sameness WHERE entity = e.location), e.location) AS place,
       l.lat, l.lon, l.easting, l.northing
  FROM participation AS t
 CROSS JOIN event AS e ON e.row = t.event
 CROSS JOIN word AS w ON w.row = e.kind
 CROSS JOIN location AS l ON l.entity = e.location
 CROSS JOIN word AS r ON r.row = t.role
 CROSS JOIN entity AS n ON n.row = t.person
 WHERE t.person NOT IN (SELECT entity FROM sameness)
   AND length(CASE WHEN w.text IN ('missing', 'missing_episode') THEN e.ended_at ELSE e.occurred_at END) >= 16
   AND r.text NOT IN ('reporter', 'helper')
UNION ALL
SELECT m.leader, CASE WHEN w.text IN ('missing', 'missing_episode') THEN e.ended_at ELSE e.occurred_at END,
       e.id, n.id, coalesce((SELECT leader FROM sameness WHERE entity = e.location), e.location),
       l.lat, l.lon, l.easting, l.northing
  FROM sameness AS m
 CROSS JOIN participation AS t ON t.person = m.entity
 CROSS JOIN event AS e ON e.row = t.event
 CROSS JOIN word AS w ON w.row = e.kind
 CROSS JOIN location AS l ON l.entity = e.location
 CROSS JOIN word AS r ON r.row = t.role
 CROSS JOIN entity AS n ON n.row = m.leader
 WHERE length(CASE WHEN w.text IN ('missing', 'missing_episode') THEN e.ended_at ELSE e.occurred_at END) >= 16
   AND r.text NOT IN ('reporter', 'helper')
 ORDER BY 1, 2, 3
