-- audit_schema: the audit log, FILE.audit beside the hub, attached as "audit".
--
-- A file of its own, under the hub's key: whoever reads writes an entry, and must not wait
-- for those who read. A change of the hub and its entry are one commit over both files.
-- Entries are added and never changed, but for `why`, which an erasure may empty: the
-- chain of hashes is over why_seal. Records are named by a keyed digest of their id, so that
-- the log says who looked at a record and holds nothing of one that was erased.
CREATE TABLE audit.entry (
    seq      INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,    -- 2022-06-30T08:00:00Z
    user     TEXT NOT NULL,
    act      INTEGER NOT NULL CHECK (act BETWEEN 1 AND 6), -- kith_act
    what     TEXT NOT NULL,    -- the command and its choices
    recipient TEXT NOT NULL,   -- the audience, or whom it went to; ''
    why      TEXT,             -- the purpose; NULL when an erasure emptied it
    why_seal BLOB NOT NULL CHECK (length(why_seal) = 32),
    ids      BLOB NOT NULL CHECK (length(ids) % 16 = 0), -- a digest of 16 bytes for each record
    changes  INTEGER,          -- the hub's count of changes, for an act that changed it
    hash     BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- The end of the chain, in one row. seed is the key of the digests.
CREATE TABLE audit.head (
    entries INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    seed    BLOB NOT NULL CHECK (length(seed) = 32)
) STRICT;
