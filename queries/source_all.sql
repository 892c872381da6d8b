-- source_all: every agency that sent records.
--   -> row INTEGER; name TEXT
-- scans: source (a few rows)
SELECT row, name FROM source ORDER BY row;
