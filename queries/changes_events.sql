-- changes_events: events that came after a load, and who was added to earlier ones: a row a
-- participation, the rows of one event together.
--   :load  INTEGER  a row of batch; 0: before the first
--   -> event INTEGER; id TEXT; fresh INTEGER (1: the event itself came after it); word, observed,
--      place TEXT; place_row INTEGER (of entity; 0: none); person TEXT ('' for none);
--      person_row INTEGER; role, loaded_at, source, grade TEXT
-- scans: event participation
SELECT e.row AS event, e.id, r.fresh, w.text AS word, e.occurred_at AS observed,
       ifnull(place.id, '') AS place, ifnull(e.location, 0) AS place_row,
       ifnull(who.id, '') AS person, ifnull(who.row, 0) AS person_row,
       ifnull(role.text, '') AS role, batch.loaded_at, provenance.source, provenance.grade
  FROM (SELECT n.row AS event, 1 AS fresh, t.person, t.role, n.origin, n.batch
          FROM event AS n LEFT JOIN participation AS t ON t.event = n.row
         WHERE n.batch > :load
        UNION ALL
        SELECT t.event, 0, t.person, t.role, t.origin, t.batch
          FROM participation AS t JOIN event AS n ON n.row = t.event
         WHERE t.batch > :load AND n.batch <= :load) AS r
  JOIN event AS e ON e.row = r.event
  JOIN word AS w ON w.row = e.kind
  JOIN batch ON batch.row = r.batch
  JOIN provenance ON provenance.origin = r.origin
  LEFT JOIN entity AS place ON place.row = e.location
  LEFT JOIN entity AS who ON who.row = r.person
  LEFT JOIN word AS role ON role.row = r.role
 ORDER BY e.id, person, role, batch.row, provenance.origin;
