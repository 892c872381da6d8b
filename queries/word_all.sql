-- word_all: every kind and role that records use.
--   -> row INTEGER; text TEXT
SELECT row, text FROM word ORDER BY row;
