-- audit_begin: makes the log new.
--   :hash  BLOB  what the first entry is chained to, 32 bytes
--   :seed  BLOB  32 random bytes
INSERT INTO audit.head (entries, changes, hash, seed) VALUES (0, 0, :hash, :seed);
