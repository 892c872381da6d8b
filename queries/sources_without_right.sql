-- sources_without_right: sources that have sent records, and of which nobody has said by what right they are held.
--   -> name TEXT
SELECT s.name FROM source AS s
 WHERE NOT EXISTS (SELECT 1 FROM source_right AS r WHERE r.source = s.name)
 ORDER BY s.name;
