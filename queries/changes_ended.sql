-- changes_ended: links, flags and constraints that ended after a day, up to as-of; not those that
-- came after a load.
--   :then  TEXT  YYYY-MM-DD
--   :as_of  TEXT
--   :load  INTEGER  a row of batch
--   -> kind, id TEXT; one, other INTEGER (rows of entity); word, detail, observed, loaded_at, source, grade TEXT
-- scans: link flag restriction
SELECT r.kind, r.id, r.one, r.other, r.word, r.detail, r.observed, batch.loaded_at,
       provenance.source, provenance.grade
  FROM (SELECT 'link' AS kind, ifnull(t.id, '') AS id, t.from_entity AS one, t.to_entity AS other,
               w.text AS word, f.id || char(9) || o.id AS detail, t.valid_to AS observed, t.batch,
               t.origin, t.row AS record
          FROM link AS t JOIN word AS w ON w.row = t.kind
          JOIN entity AS f ON f.row = t.from_entity JOIN entity AS o ON o.row = t.to_entity
         WHERE t.valid_to >= substr(:then, 1, 7) AND substr(t.valid_to, 1, 10) <= :as_of AND t.batch <= :load
        UNION ALL
        SELECT 'flag', e.id, t.person, 0, t.flag, t.status, t.valid_to, t.batch, t.origin, t.row
          FROM flag AS t JOIN entity AS e ON e.row = t.person
         WHERE t.valid_to >= substr(:then, 1, 7) AND substr(t.valid_to, 1, 10) <= :as_of AND t.batch <= :load
        UNION ALL
        SELECT 'constraint', e.id, t.person, ifnull(t.other, 0), t.kind,
               ifnull((SELECT 'from ' || id FROM entity WHERE row = t.other), ''), t.valid_to, t.batch,
               t.origin, t.row
          FROM restriction AS t JOIN entity AS e ON e.row = t.person
         WHERE t.valid_to >= substr(:then, 1, 7) AND substr(t.valid_to, 1, 10) <= :as_of AND t.batch <= :load) AS r
  JOIN batch ON batch.row = r.batch
  JOIN provenance ON provenance.origin = r.origin
 ORDER BY r.kind, r.observed, r.id, r.record;
