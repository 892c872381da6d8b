-- changes_new: every record that came after a load, but for events and who took part in them.
--   :load  INTEGER  a row of batch; 0: before the first
--   -> kind TEXT; id TEXT; one, other INTEGER (rows of entity that it concerns; 0: none);
--      word, detail, observed, loaded_at, source, grade TEXT
-- scans: entity link context flag restriction assessment indicator scale action
SELECT r.kind, r.id, r.one, r.other, r.word, r.detail, r.observed, batch.loaded_at,
       provenance.source, provenance.grade
  FROM (SELECT CASE e.kind WHEN 1 THEN 'person' WHEN 2 THEN 'location' WHEN 3 THEN 'group'
                   ELSE 'object' END AS kind,
               e.id, e.row AS one, 0 AS other,
               coalesce((SELECT w.text FROM location AS t JOIN word AS w ON w.row = t.kind WHERE t.entity = e.row),
                        (SELECT w.text FROM grouping AS t JOIN word AS w ON w.row = t.kind WHERE t.entity = e.row),
                        (SELECT w.text FROM object AS t JOIN word AS w ON w.row = t.kind WHERE t.entity = e.row),
                        '') AS word,
               '' AS detail, '' AS observed, e.batch, e.origin, e.row AS record
          FROM entity AS e WHERE e.batch > :load
        UNION ALL
        SELECT 'link', ifnull(t.id, ''), t.from_entity, t.to_entity, w.text,
               f.id || char(9) || o.id, t.valid_from, t.batch, t.origin, t.row
          FROM link AS t JOIN word AS w ON w.row = t.kind
          JOIN entity AS f ON f.row = t.from_entity JOIN entity AS o ON o.row = t.to_entity
         WHERE t.batch > :load
        UNION ALL
        SELECT 'context', e.id, t.subject, 0, t.context,
               trim(t.valence || ' ' || t.to_context || ' ' || t.nature), t.observed_on, t.batch, t.origin, t.row
          FROM context AS t JOIN entity AS e ON e.row = t.subject WHERE t.batch > :load
        UNION ALL
        SELECT 'flag', e.id, t.person, 0, t.flag, t.status, t.valid_from, t.batch, t.origin, t.row
          FROM flag AS t JOIN entity AS e ON e.row = t.person WHERE t.batch > :load
        UNION ALL
        SELECT 'constraint', e.id, t.person, ifnull(t.other, 0), t.kind,
               ifnull((SELECT 'from ' || id FROM entity WHERE row = t.other), ''),
               t.valid_from, t.batch, t.origin, t.row
          FROM restriction AS t JOIN entity AS e ON e.row = t.person WHERE t.batch > :load
        UNION ALL
        SELECT 'assessment', t.id, t.person, 0, t.tool, 'of ' || e.id, t.assessed_on, t.batch, t.origin, t.row
          FROM assessment AS t JOIN entity AS e ON e.row = t.person WHERE t.batch > :load
        UNION ALL
        SELECT 'indicator', a.id, a.person, 0, t.item, t.status, a.assessed_on, t.batch, t.origin, t.row
          FROM indicator AS t JOIN assessment AS a ON a.row = t.assessment WHERE t.batch > :load
        UNION ALL
        SELECT 'scale', e.id, t.person, 0, 'safety scale',
               t.rater || ' ' || coalesce(t.score, 'not asked'), t.rated_on, t.batch, t.origin, t.row
          FROM scale AS t JOIN entity AS e ON e.row = t.person WHERE t.batch > :load
        UNION ALL
        SELECT 'action', t.id, ifnull(t.subject, 0), 0, 'action',
               ifnull((SELECT 'for ' || id || ' ' FROM entity WHERE row = t.subject), '')
               || CASE WHEN t.due <> '' THEN 'due ' || t.due || ' ' ELSE '' END || t.status,
               '', t.batch, t.origin, t.row
          FROM action AS t WHERE t.batch > :load) AS r
  JOIN batch ON batch.row = r.batch
  JOIN provenance ON provenance.origin = r.origin
 ORDER BY r.kind, r.observed, r.id, r.record;
