-- retention_rules: which records are of which review group, the first that fits deciding.
--   -> review_group TEXT; years, until_age INTEGER (NULL: none); kind, word, role, source, label TEXT
-- scans: retention_rule (a few rows)
SELECT review_group, years, until_age, kind, word, role, source, label FROM retention_rule ORDER BY place;
