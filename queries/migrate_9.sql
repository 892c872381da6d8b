-- migrate_9: which nights `kith nightly` has reported, and the last load that each knew.
CREATE TABLE night (
    row          INTEGER PRIMARY KEY,
    day          TEXT NOT NULL, -- the morning on which it is read
    load         INTEGER NOT NULL, -- a row of batch, or 0
    manifest     TEXT NOT NULL, -- SHA-256 of its manifest
    user         TEXT NOT NULL,
    published_at TEXT NOT NULL
) STRICT;

CREATE INDEX night_day ON night (day);

PRAGMA user_version = 9;
