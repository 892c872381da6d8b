-- sightings: where people were at a known minute, each person's in the order of time. A missing
-- episode's place is where it ended. Who reports or helps need not be there.
--   -> person INTEGER (the row that stands for it); at, event, id TEXT (of the event, of the
--      person); place INTEGER (the row that stands for it); lat, lon, easting, northing REAL
--      (missing when not given)
-- scans: participation sameness
WITH timed AS (
    SELECT e.row, e.id, coalesce(s.leader, e.location) AS place, l.lat, l.lon, l.easting, l.northing,
           CASE WHEN w.text IN ('missing', 'missing_episode') THEN e.ended_at ELSE e.occurred_at END AS at
      FROM event AS e
      JOIN word AS w ON w.row = e.kind
      JOIN location AS l ON l.entity = e.location
      LEFT JOIN sameness AS s ON s.entity = e.location)
SELECT t.person, e.at, e.id AS event, n.id, e.place, e.lat, e.lon, e.easting, e.northing
  FROM participation AS t
  JOIN timed AS e ON e.row = t.event
  JOIN word AS r ON r.row = t.role
  JOIN entity AS n ON n.row = t.person
 WHERE t.person NOT IN (SELECT entity FROM sameness)
   AND length(e.at) >= 16 AND r.text NOT IN ('reporter', 'helper')
UNION ALL
SELECT m.leader, e.at, e.id, n.id, e.place, e.lat, e.lon, e.easting, e.northing
  FROM sameness AS m
  JOIN participation AS t ON t.person = m.entity
  JOIN timed AS e ON e.row = t.event
  JOIN word AS r ON r.row = t.role
  JOIN entity AS n ON n.row = m.leader
 WHERE length(e.at) >= 16 AND r.text NOT IN ('reporter', 'helper')
 ORDER BY 1, 2, 3
