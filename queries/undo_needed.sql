-- undo_needed: what of other loads refers to records that a load brought: of each table and
-- load how many records, and one of the ids they refer to.
--   :batch  INTEGER
--   -> table_name, id TEXT; batch, records INTEGER
-- scans: entity event assessment context restriction scale person decision minute action action_step contest
SELECT table_name, min(id) AS id, batch, count(*) AS records
  FROM (SELECT 'participations' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN participation AS t ON t.person = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'participations' AS table_name, p.id AS id, t.batch AS batch
          FROM event AS p JOIN participation AS t ON t.event = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'events' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN event AS t ON t.location = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'links' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN link AS t ON t.from_entity = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'links' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN link AS t ON t.to_entity = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'contexts' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN context AS t ON t.subject = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'flags' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN flag AS t ON t.person = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'constraints' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN restriction AS t ON t.person = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'constraints' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN restriction AS t ON t.other = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'assessments' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN assessment AS t ON t.person = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'indicators' AS table_name, p.id AS id, t.batch AS batch
          FROM assessment AS p JOIN indicator AS t ON t.assessment = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'actions' AS table_name, p.id AS id, t.batch AS batch
          FROM entity AS p JOIN action AS t ON t.subject = p.row
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'contexts' AS table_name, p.id AS id, t.batch AS batch
          FROM context AS t JOIN event AS p ON p.row = t.event
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'scales' AS table_name, p.id AS id, t.batch AS batch
          FROM scale AS t JOIN entity AS p ON p.row = t.person
         WHERE p.batch = :batch AND t.batch <> :batch
        UNION ALL
        SELECT 'persons' AS table_name, p.id AS id, own.batch AS batch
          FROM person AS t JOIN entity AS own ON own.row = t.entity JOIN entity AS p ON p.row = t.school
         WHERE p.batch = :batch AND own.batch <> :batch
        UNION ALL
        SELECT 'decisions' AS table_name, p.id AS id, 0 AS batch
          FROM decision AS t JOIN entity AS p ON p.row IN (t.one, t.other)
         WHERE p.batch = :batch AND t.undone_at = ''
        UNION ALL
        SELECT 'panels' AS table_name, p.id AS id, 0 AS batch
          FROM entity AS p JOIN panel AS t ON t.subject = p.row
         WHERE p.batch = :batch
        UNION ALL
        SELECT 'reviews' AS table_name, p.id AS id, 0 AS batch
          FROM entity AS p JOIN review AS t ON t.entity = p.row
         WHERE p.batch = :batch
        UNION ALL
        SELECT 'cases' AS table_name, p.id AS id, 0 AS batch
          FROM entity AS p JOIN casework_entity AS t ON t.entity = p.row
         WHERE p.batch = :batch
        UNION ALL
        SELECT 'contests' AS table_name, coalesce(v.id, l.id, e.id, 'context:' || t.context) AS id, t.batch AS batch
          FROM contest AS t
          LEFT JOIN entity AS e ON e.row = t.subject
          LEFT JOIN event AS v ON v.row = t.event
          LEFT JOIN link AS l ON l.row = t.link
          LEFT JOIN context AS c ON c.row = t.context
         WHERE t.batch <> :batch AND :batch IN (e.batch, v.batch, l.batch, c.batch)
        UNION ALL
        SELECT 'minutes' AS table_name, p.id AS id, 0 AS batch
          FROM minute AS t JOIN entity AS p ON p.row = t.subject
         WHERE p.batch = :batch
        UNION ALL
        SELECT 'steps' AS table_name, p.id AS id, 0 AS batch
          FROM action_step AS t JOIN action AS p ON p.row = t.action
         WHERE p.batch = :batch)
 GROUP BY table_name, batch
 ORDER BY table_name, batch;
