-- retention_records: what is recorded of people (or places, groups, objects), each with the rule that fits it and the day from which
-- its years run: the day it is of, or ended; else the day it was recorded or loaded. Its own
-- record counts where there is nothing else. Records that are one stand under one id.
--   :kind  INTEGER  1 people, 2 places, 3 groups, 4 objects
--   :id  TEXT  only this one; '' for all
--   -> entity INTEGER; id, kind, word, role, source, day, review_group, label TEXT;
--      years, until_age INTEGER (NULL: none); dob TEXT (the latest of those that are one; '' for none);
--      lasts INTEGER (1: has no day, or no end: it is in every window from its day on)
-- scans: entity event person participation link context flag restriction assessment scale action
--        retention_rule
WITH rec AS (
    SELECT p.person AS entity, 'event' AS kind, k.text AS word, r.text AS role, p.origin, p.batch,
           coalesce(nullif(e.ended_at, ''), e.occurred_at) AS day, e.occurred_at = '' AS lasts
      FROM participation AS p
      JOIN event AS e ON e.row = p.event
      JOIN word AS k ON k.row = e.kind
      JOIN word AS r ON r.row = p.role
    UNION ALL
    SELECT e.location, 'event', k.text, '', e.origin, e.batch, coalesce(nullif(e.ended_at, ''), e.occurred_at),
           e.occurred_at = ''
      FROM event AS e JOIN word AS k ON k.row = e.kind
     WHERE e.location IS NOT NULL
    UNION ALL
    SELECT l.from_entity, 'link', k.text, '', l.origin, l.batch, coalesce(nullif(l.valid_to, ''), l.valid_from),
           l.valid_to = ''
      FROM link AS l JOIN word AS k ON k.row = l.kind
    UNION ALL
    SELECT l.to_entity, 'link', k.text, '', l.origin, l.batch, coalesce(nullif(l.valid_to, ''), l.valid_from),
           l.valid_to = ''
      FROM link AS l JOIN word AS k ON k.row = l.kind
    UNION ALL
    SELECT subject, 'context', context, '', origin, batch, observed_on, 0 FROM context
    UNION ALL
    SELECT person, 'flag', flag, '', origin, batch, coalesce(nullif(valid_to, ''), valid_from), 0 FROM flag
    UNION ALL
    SELECT person, 'constraint', kind, '', origin, batch, coalesce(nullif(valid_to, ''), valid_from), 0
      FROM restriction
    UNION ALL
    SELECT person, 'assessment', tool, '', origin, batch, assessed_on, 0 FROM assessment
    UNION ALL
    SELECT person, 'scale', rater, '', origin, batch, rated_on, 0 FROM scale
    UNION ALL
    SELECT subject, 'action', context, '', origin, batch, due, 0 FROM action WHERE subject IS NOT NULL
    UNION ALL
    SELECT row, 'record', '', '', origin, batch, '', 0 FROM entity WHERE kind = :kind),
dated AS (
    SELECT coalesce(s.leader, rec.entity) AS entity, rec.kind, rec.word, rec.role, coalesce(c.name, '') AS source,
           substr(coalesce(nullif(rec.day, ''), nullif(o.recorded_on, ''), b.loaded_at), 1, 10) AS day,
           rec.lasts
      FROM rec
      JOIN entity AS n ON n.row = rec.entity AND n.kind = :kind
      JOIN origin AS o ON o.row = rec.origin
      JOIN batch AS b ON b.row = rec.batch
      LEFT JOIN source AS c ON c.row = o.source
      LEFT JOIN sameness AS s ON s.entity = rec.entity),
ruled AS (
    SELECT d.*, (SELECT min(q.place) FROM retention_rule AS q
                  WHERE (q.kind = '' OR q.kind = d.kind) AND (q.word = '' OR q.word = d.word)
                    AND (q.role = '' OR q.role = d.role) AND (q.source = '' OR q.source = d.source)) AS place
      FROM dated AS d)
SELECT r.entity, e.id, r.kind, r.word, r.role, r.source,
       CASE length(r.day) WHEN 7 THEN date(r.day || '-01', '+1 month', '-1 day') ELSE r.day END AS day,
       coalesce(q.review_group, '') AS review_group, coalesce(q.label, '') AS label, q.years, q.until_age,
       coalesce(t.dob, '') AS dob, r.lasts
  FROM ruled AS r
  JOIN entity AS e ON e.row = r.entity
  LEFT JOIN birth AS t ON t.entity = r.entity
  LEFT JOIN retention_rule AS q ON q.place = r.place
 WHERE :id = '' OR e.id = :id
 ORDER BY e.id, r.entity, r.kind = 'record', 7, r.kind, r.word, r.role, r.source;
