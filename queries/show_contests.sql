-- show_contests: who contests a record: of a person, place, group or object also its links, its parts in events
-- and what was said of its contexts; of an event, its parts too. The oldest first.
--   :row  INTEGER
--   :event  INTEGER  1: the row is one of event
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
-- scans: contest
  WITH one AS (SELECT :row AS entity WHERE :event = 0
               UNION SELECT s.entity FROM sameness AS s
                      WHERE :event = 0 AND s.leader = (SELECT leader FROM sameness WHERE entity = :row))
SELECT c.contested_on AS date, c.id AS record,
       CASE WHEN c.link IS NOT NULL THEN coalesce(l.id, 'link:' || l.row)
            WHEN c.context IS NOT NULL THEN 'context:' || c.context
            WHEN v.id IS NOT NULL AND e.id IS NOT NULL THEN e.id || ' in ' || v.id
            ELSE coalesce(v.id, e.id) END
           || CASE WHEN c.role <> '' THEN ' as ' || c.role ELSE '' END
           || CASE WHEN c.field <> '' THEN ', ' || c.field ELSE '' END
           || ': contested by ' || c.contested_by || CASE WHEN c.reason <> '' THEN ': ' || c.reason ELSE '' END
           || '; ' || c.state
           || CASE WHEN c.state <> 'open' THEN ' on ' || c.resolved_on || ' by ' || c.resolved_by
                                               || CASE WHEN c.resolution <> '' THEN ': ' || c.resolution ELSE '' END
                   ELSE '' END
           || CASE WHEN c.extra <> '' THEN ' ' || c.extra ELSE '' END AS detail,
       o.source, o.report_ref, o.grade, o.handling,
       (SELECT recorded_on FROM origin WHERE row = o.origin) AS recorded_on
  FROM contest AS c
  LEFT JOIN entity AS e ON e.row = c.subject
  LEFT JOIN event AS v ON v.row = c.event
  LEFT JOIN link AS l ON l.row = c.link
  LEFT JOIN context AS i ON i.row = c.context
  JOIN provenance AS o ON o.origin = c.origin
 WHERE (:event = 1 AND c.event = :row)
    OR c.subject IN (SELECT entity FROM one) OR i.subject IN (SELECT entity FROM one)
    OR l.from_entity IN (SELECT entity FROM one) OR l.to_entity IN (SELECT entity FROM one)
 ORDER BY c.contested_on, c.id
