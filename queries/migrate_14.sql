-- migrate_14: views that users of the page remember (kith/remember.h): what to show, in the page's own
-- words. A view is its user's alone.
CREATE TABLE remembered (
    row     INTEGER PRIMARY KEY,
    user    TEXT NOT NULL CHECK (user <> ''),
    name    TEXT NOT NULL CHECK (length(CAST(name AS BLOB)) BETWEEN 1 AND 64),
    text    TEXT NOT NULL CHECK (length(CAST(text AS BLOB)) BETWEEN 1 AND 8000),
    kept_at TEXT NOT NULL, -- UTC
    UNIQUE (user, name)
) STRICT;

PRAGMA user_version = 14;
