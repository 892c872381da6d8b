-- evidence_place_events: what happened at one place, of every record that is one with it.
--   :as_of  TEXT  day
--   :place  INTEGER  row of entity
--   -> event INTEGER (its row); id, kind, occurred_at, role, place TEXT (role '': nobody is asked;
--      the kind of the place, '' for none); location INTEGER (row of the place); severity INTEGER
--      (missing when not given); summary, report_ref, source TEXT; source_grade INTEGER, info_grade TEXT (both
--      missing when ungraded); conditions TEXT; part_false, child_alleged INTEGER (0);
--      contested INTEGER (kith_contested)
SELECT e.row AS event, e.id, k.text AS kind, e.occurred_at, '' AS role,
       coalesce((SELECT kind FROM place_kind WHERE entity = e.location), '') AS place,
       e.location, e.severity, e.summary, o.report_ref, coalesce(s.name, '') AS source,
       o.source_grade, o.info_grade, o.conditions, 0 AS part_false, 0 AS child_alleged,
       ifnull((SELECT max(CASE WHEN h.wrong AND h.settled <= :as_of THEN 2 ELSE 1 END) FROM contest_time AS h
                WHERE h.event = e.row AND h.subject IS NULL AND h.since <= :as_of AND (h.settled > :as_of OR h.wrong)), 0) AS contested
  FROM event AS e
  JOIN word AS k ON k.row = e.kind
  JOIN origin AS o ON o.row = e.origin
  LEFT JOIN source AS s ON s.row = o.source
 WHERE e.location IN (SELECT :place
                      UNION ALL SELECT m.entity FROM sameness AS m
                                 WHERE m.leader = (SELECT leader FROM sameness WHERE entity = :place)
                                   AND m.entity <> :place)
 ORDER BY e.row
