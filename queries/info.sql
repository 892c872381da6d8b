-- info: what the hub holds, one figure a row, in the order in which it is shown.
--   -> key, value TEXT
-- scans: person location grouping object event participation link context flag restriction assessment indicator scale action source batch
SELECT 'people' AS key, CAST(count(*) AS TEXT) AS value FROM person
UNION ALL SELECT 'places', CAST(count(*) AS TEXT) FROM location
UNION ALL SELECT 'groups', CAST(count(*) AS TEXT) FROM grouping
UNION ALL SELECT 'objects', CAST(count(*) AS TEXT) FROM object
UNION ALL SELECT 'events', CAST(count(*) AS TEXT) FROM event
UNION ALL SELECT 'participations', CAST(count(*) AS TEXT) FROM participation
UNION ALL SELECT 'links', CAST(count(*) AS TEXT) FROM link
UNION ALL SELECT 'context_items', CAST(count(*) AS TEXT) FROM context
UNION ALL SELECT 'flags', CAST(count(*) AS TEXT) FROM flag
UNION ALL SELECT 'constraints', CAST(count(*) AS TEXT) FROM restriction
UNION ALL SELECT 'assessments', CAST(count(*) AS TEXT) FROM assessment
UNION ALL SELECT 'indicators', CAST(count(*) AS TEXT) FROM indicator
UNION ALL SELECT 'scales', CAST(count(*) AS TEXT) FROM scale
UNION ALL SELECT 'actions', CAST(count(*) AS TEXT) FROM action
UNION ALL SELECT 'first_event', coalesce((SELECT min(occurred_at) FROM event WHERE occurred_at <> ''), '')
UNION ALL SELECT 'last_event', coalesce((SELECT max(occurred_at) FROM event WHERE occurred_at <> ''), '')
UNION ALL SELECT 'sources', coalesce((SELECT group_concat(name, '; ') FROM (SELECT name FROM source ORDER BY name)), '')
UNION ALL SELECT 'imports', CAST(count(*) AS TEXT) FROM batch WHERE records > 0
UNION ALL SELECT 'last_import', coalesce((SELECT loaded_at FROM batch WHERE records > 0 ORDER BY row DESC LIMIT 1), '')
