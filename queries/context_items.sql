-- context_items: the evidence about the contexts of one person, group or place, of every
-- record that is one with it.
--   :as_of  TEXT  day
--   :subject  INTEGER  its row of entity
--   -> row INTEGER; context, valence, to_context, nature TEXT; severity INTEGER (missing
--      when not given); observed_on, incident, report_ref, source, summary TEXT;
--      source_grade INTEGER, info_grade TEXT (both missing when ungraded);
--      conditions TEXT ('' unless it is shared with conditions);
--      contested INTEGER (kith_contested)
SELECT c.row, c.context, c.valence, c.to_context, c.nature, c.severity, c.observed_on,
       coalesce(e.id, '') AS incident, o.report_ref, coalesce(s.name, '') AS source, c.summary,
       o.source_grade, o.info_grade, o.conditions,
       ifnull((SELECT max(CASE WHEN k.wrong AND k.settled <= :as_of THEN 2 ELSE 1 END) FROM contest_time AS k
                WHERE k.context = c.row AND k.since <= :as_of AND (k.settled > :as_of OR k.wrong)), 0) AS contested
  FROM context AS c
  JOIN origin AS o ON o.row = c.origin
  LEFT JOIN event AS e ON e.row = c.event
  LEFT JOIN source AS s ON s.row = o.source
 WHERE c.subject IN (SELECT :subject
                     UNION ALL SELECT s.entity FROM sameness AS s
                                WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :subject)
                                  AND s.entity <> :subject)
 ORDER BY c.row
