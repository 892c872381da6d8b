-- word_all: every kind and role that records use.
--   -> row INTEGER; text TEXT
-- scans: word (a few hundred rows)
SELECT row, text FROM word ORDER BY row;
