-- evidence_links: the declared links of one person or place, of every record that is one with it.
--   :entity  INTEGER  row of entity
--   :as_of  TEXT  day
--   -> row INTEGER; id TEXT ('' for none); kind TEXT; leads_away INTEGER (1: from the entity to
--      the other); other, other_kind INTEGER (the row that stands for it; 1 person, 2 location, 3 group,
--      4 object); place TEXT (the kind of the place that is one of the two, '' for none);
--      valence, valid_from, valid_to, report_ref, source TEXT; source_grade INTEGER, info_grade TEXT
--      (both missing when ungraded); conditions TEXT; contested INTEGER (kith_contested)
  WITH one AS (SELECT :entity AS entity
               UNION ALL SELECT m.entity FROM sameness AS m
                          WHERE m.leader = (SELECT leader FROM sameness WHERE entity = :entity)
                            AND m.entity <> :entity)
SELECT l.row, coalesce(l.id, '') AS id, k.text AS kind, l.from_entity = n.entity AS leads_away,
       coalesce((SELECT leader FROM sameness WHERE entity = x.row), x.row) AS other, x.kind AS other_kind,
       coalesce((SELECT kind FROM place_kind WHERE entity IN (l.from_entity, l.to_entity)), '') AS place,
       l.valence, l.valid_from, l.valid_to, o.report_ref, coalesce(s.name, '') AS source,
       o.source_grade, o.info_grade, o.conditions,
       ifnull((SELECT max(CASE WHEN h.wrong AND h.settled <= :as_of THEN 2 ELSE 1 END) FROM contest_time AS h
                WHERE h.link = l.row AND h.since <= :as_of AND (h.settled > :as_of OR h.wrong)), 0) AS contested
  FROM one AS n
  JOIN link AS l ON l.from_entity = n.entity OR l.to_entity = n.entity
  JOIN entity AS x ON x.row = CASE n.entity WHEN l.from_entity THEN l.to_entity ELSE l.from_entity END
  JOIN word AS k ON k.row = l.kind
  JOIN origin AS o ON o.row = l.origin
  LEFT JOIN source AS s ON s.row = o.source
 WHERE x.row NOT IN (SELECT entity FROM one)
 ORDER BY l.row, leads_away
