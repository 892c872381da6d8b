-- subject_access: everything recorded of one person, of every record that is one with it, without
-- what it says of others: who they are is left out, and how many they are is told.
--   :row  INTEGER  of entity
--   -> part, date, class, detail, words, source, handling TEXT (class: fact, opinion or judgement;
--      words: what somebody wrote, which may speak of others); others INTEGER (people left out)
-- scans: contest
  WITH me AS (SELECT :row AS entity
              UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
SELECT 'record' AS part, '' AS date, 'fact' AS class,
       rtrim('name ' || p.name || ', ' || CASE WHEN p.aliases <> '' THEN 'also ' || p.aliases || ', ' ELSE '' END
             || CASE WHEN p.dob <> '' THEN 'born ' || p.dob || ', ' ELSE '' END
             || CASE WHEN p.sex <> '' THEN 'sex ' || p.sex || ', ' ELSE '' END
             || CASE WHEN p.ethnicity <> '' THEN 'ethnicity ' || p.ethnicity || ', ' ELSE '' END
             || CASE WHEN p.local_authority <> '' THEN 'authority ' || p.local_authority || ', ' ELSE '' END
             || CASE WHEN p.school IS NOT NULL
                     THEN 'school ' || coalesce((SELECT name FROM location WHERE entity = p.school), '') || ', '
                     ELSE '' END
             || CASE WHEN p.address <> '' THEN 'address ' || p.address || ', ' ELSE '' END
             || CASE WHEN p.postcode <> '' THEN 'postcode ' || p.postcode || ', ' ELSE '' END
             || CASE WHEN p.identifiers <> '' THEN 'identifiers ' || p.identifiers || ', ' ELSE '' END, ', ') AS detail,
       trim(p.notes || ' ' || p.extra) AS words, v.source, v.handling, 0 AS others
  FROM me JOIN person AS p ON p.entity = me.entity
  JOIN entity AS e ON e.row = me.entity
  JOIN provenance AS v ON v.origin = e.origin
UNION ALL
SELECT 'event', t.occurred_at, 'fact',
       k.text || ', role ' || r.text
           || CASE WHEN l.name <> '' THEN ', at ' || l.name ELSE '' END
           || CASE WHEN n.conviction_ref <> '' THEN ', conviction ' || n.conviction_ref ELSE '' END,
       trim(t.summary || ' ' || t.extra || ' ' || n.extra), v.source,
       CASE WHEN substr(w.handling, 1, 1) = 'C' THEN w.handling ELSE v.handling END,
       (SELECT count(DISTINCT o.person) FROM participation AS o
         WHERE o.event = t.row AND o.person NOT IN (SELECT entity FROM me))
  FROM me JOIN participation AS n ON n.person = me.entity
  JOIN event AS t ON t.row = n.event
  JOIN word AS k ON k.row = t.kind
  JOIN word AS r ON r.row = n.role
  LEFT JOIN location AS l ON l.entity = t.location
  JOIN provenance AS v ON v.origin = n.origin
  JOIN provenance AS w ON w.origin = t.origin
UNION ALL
SELECT 'link', k.valid_from, 'fact',
       w.text || CASE WHEN o.kind = 1 THEN ' (with a person)'
                      ELSE ', ' || coalesce((SELECT name FROM location WHERE entity = o.row),
                                            (SELECT name FROM grouping WHERE entity = o.row),
                                            (SELECT t.text FROM object AS b JOIN word AS t ON t.row = b.kind
                                              WHERE b.entity = o.row), '') END
           || CASE WHEN k.valence <> '' THEN ', ' || k.valence ELSE '' END
           || CASE WHEN k.valid_to <> '' THEN ', to ' || k.valid_to ELSE '' END,
       trim(coalesce((SELECT label FROM object WHERE entity = o.row), '') || ' ' || k.notes || ' ' || k.extra),
       v.source, v.handling, o.kind = 1
  FROM (SELECT k1.*, k1.to_entity AS other FROM me JOIN link AS k1 ON k1.from_entity = me.entity
        UNION SELECT k2.*, k2.from_entity AS other FROM me JOIN link AS k2 ON k2.to_entity = me.entity) AS k
  CROSS JOIN entity AS o ON o.row = k.other
  JOIN word AS w ON w.row = k.kind
  JOIN provenance AS v ON v.origin = k.origin
UNION ALL
SELECT 'condition', x.valid_from, 'fact',
       x.kind || CASE WHEN x.valid_to <> '' THEN ', to ' || x.valid_to ELSE '' END,
       trim(x.imposed_by || ' ' || x.extra), v.source, v.handling, x.other IS NOT NULL
  FROM restriction AS x JOIN provenance AS v ON v.origin = x.origin
 WHERE x.person IN (SELECT entity FROM me) OR x.other IN (SELECT entity FROM me)
UNION ALL
SELECT 'flag', f.valid_from, 'fact',
       f.flag || CASE WHEN f.status <> '' THEN ', ' || f.status ELSE '' END
           || CASE WHEN f.valid_to <> '' THEN ', to ' || f.valid_to ELSE '' END
           || CASE WHEN f.holder <> '' THEN ', held by ' || f.holder ELSE '' END,
       f.extra, v.source, v.handling, 0
  FROM me JOIN flag AS f ON f.person = me.entity
  JOIN provenance AS v ON v.origin = f.origin
UNION ALL
SELECT 'context', c.observed_on, CASE WHEN c.valence = 'drives' THEN 'opinion' ELSE 'fact' END,
       c.context || ' ' || c.valence || CASE WHEN c.to_context <> '' THEN ' ' || c.to_context ELSE '' END
           || CASE WHEN c.severity IS NOT NULL THEN ', severity ' || c.severity ELSE '' END,
       trim(c.summary || ' ' || c.extra), v.source, v.handling, 0
  FROM me JOIN context AS c ON c.subject = me.entity
  JOIN provenance AS v ON v.origin = c.origin
UNION ALL
SELECT 'assessment', a.assessed_on, 'judgement',
       a.tool || CASE WHEN a.level <> '' THEN ', level ' || a.level ELSE '' END
           || CASE WHEN a.assessor_role <> '' THEN ', by ' || a.assessor_role ELSE '' END,
       a.extra, v.source, v.handling, 0
  FROM assessment AS a JOIN provenance AS v ON v.origin = a.origin
 WHERE a.person IN (SELECT entity FROM me)
UNION ALL
SELECT 'indicator', a.assessed_on, 'judgement',
       a.tool || ' ' || i.item || CASE WHEN i.status <> '' THEN ', ' || i.status ELSE '' END
           || CASE WHEN i.voice <> '' THEN ', voice of the ' || i.voice ELSE '' END,
       trim(i.text || ' ' || i.extra), v.source, v.handling, 0
  FROM assessment AS a JOIN indicator AS i ON i.assessment = a.row
  JOIN provenance AS v ON v.origin = i.origin
 WHERE a.person IN (SELECT entity FROM me)
UNION ALL
SELECT 'scale', s.rated_on, 'judgement',
       'safety ' || coalesce(CAST(s.score AS TEXT), 'not asked') || ', by ' || s.rater,
       s.extra, v.source, v.handling, 0
  FROM scale AS s JOIN provenance AS v ON v.origin = s.origin
 WHERE s.person IN (SELECT entity FROM me)
UNION ALL
SELECT 'action', a.due, 'fact',
       a.context || CASE WHEN a.owner_role <> '' THEN ', owner ' || a.owner_role ELSE '' END
           || CASE WHEN a.status <> '' THEN ', ' || a.status ELSE '' END,
       trim(a.goal || ' ' || a.action || ' ' || a.measure_of_success || ' ' || a.extra), v.source, v.handling, 0
  FROM action AS a JOIN provenance AS v ON v.origin = a.origin
 WHERE a.subject IN (SELECT entity FROM me)
UNION ALL
SELECT 'contest', c.contested_on, 'judgement',
       CASE WHEN c.field <> '' THEN c.field || ' ' ELSE '' END || 'contested by ' || c.contested_by || ', ' || c.state,
       trim(c.reason || ' ' || c.resolution || ' ' || c.extra), v.source, v.handling,
       c.link IS NOT NULL OR c.event IS NOT NULL
  FROM contest AS c
  LEFT JOIN link AS l ON l.row = c.link
  LEFT JOIN context AS i ON i.row = c.context
  JOIN provenance AS v ON v.origin = c.origin
 WHERE c.subject IN (SELECT entity FROM me) OR i.subject IN (SELECT entity FROM me)
    OR l.from_entity IN (SELECT entity FROM me) OR l.to_entity IN (SELECT entity FROM me)
UNION ALL
SELECT 'meeting', m.decided_on, 'judgement', m.meeting || ' ' || m.kind, m.text, '', '', 0
  FROM minute AS m
 WHERE m.subject IN (SELECT entity FROM me)
UNION ALL
SELECT 'panel', n.decided_on, 'judgement', 'context that leads: ' || n.lead, n.reason, '', '', 0
  FROM panel AS n
 WHERE n.subject IN (SELECT entity FROM me)
 ORDER BY 1, 2, 4, 5, 6;
