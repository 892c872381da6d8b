-- evidence_events: what happened to one person, of every record that is one with it: a row for each
-- of the person's participations.
--   :as_of  TEXT  day
--   :person  INTEGER  row of entity
--   -> event INTEGER (its row); id, kind, occurred_at, role, place TEXT (the kind of the place, ''
--      for none); location INTEGER (the row that stands for the place; 0 for none); severity INTEGER (missing when
--      not given); summary, report_ref, source TEXT; source_grade INTEGER, info_grade TEXT (both
--      missing when ungraded); conditions TEXT; part_false INTEGER (1: the participation is
--      graded E); child_alleged INTEGER (1: somebody else, known to be under 18 then, is alleged);
--      contested INTEGER (kith_contested; as the event is, or the person's part in it)
SELECT e.row AS event, e.id, k.text AS kind, e.occurred_at, r.text AS role,
       coalesce((SELECT kind FROM place_kind WHERE entity = e.location), '') AS place,
       coalesce((SELECT leader FROM sameness WHERE entity = e.location), e.location, 0) AS location,
       e.severity, e.summary, o.report_ref, coalesce(s.name, '') AS source, o.source_grade,
       o.info_grade, o.conditions, ifnull(q.info_grade = 'E', 0) AS part_false,
       EXISTS (SELECT 1 FROM participation AS u
                 JOIN word AS x ON x.row = u.role
                 JOIN birth AS p ON p.entity = u.person
                WHERE u.event = e.row AND u.person <> t.person AND p.dob <> ''
                  AND NOT EXISTS (SELECT 1 FROM sameness AS a JOIN sameness AS b ON b.leader = a.leader
                                   WHERE a.entity = u.person AND b.entity = t.person)
                  AND x.text IN ('alleged_perpetrator', 'convicted_perpetrator')
                  AND printf('%04d', substr(p.dob, 1, 4) + 18) || substr(p.dob, 5) ||
                      CASE length(p.dob) WHEN 7 THEN '-31' ELSE '' END
                      > substr(e.occurred_at, 1, 10)) AS child_alleged,
       ifnull((SELECT max(CASE WHEN h.wrong AND h.settled <= :as_of THEN 2 ELSE 1 END) FROM contest_time AS h
                WHERE h.event = e.row AND (h.subject IS NULL OR
                      (h.role = '' OR h.role = r.text) AND
                      (h.subject = t.person OR EXISTS (SELECT 1 FROM sameness AS a JOIN sameness AS b ON b.leader = a.leader
                                                        WHERE a.entity = h.subject AND b.entity = t.person))) AND h.since <= :as_of AND (h.settled > :as_of OR h.wrong)), 0) AS contested
  FROM participation AS t
  JOIN event AS e ON e.row = t.event
  JOIN word AS k ON k.row = e.kind
  JOIN word AS r ON r.row = t.role
  JOIN origin AS o ON o.row = e.origin
  JOIN origin AS q ON q.row = t.origin
  LEFT JOIN source AS s ON s.row = o.source
 WHERE t.person IN (SELECT :person
                    UNION ALL SELECT m.entity FROM sameness AS m
                               WHERE m.leader = (SELECT leader FROM sameness WHERE entity = :person)
                                 AND m.entity <> :person)
 ORDER BY e.row, r.text, t.person, t.origin, t.conviction_ref, t.extra, t.nth
