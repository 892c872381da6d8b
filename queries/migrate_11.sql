-- migrate_11: the letters of peer groups as they were kept on a day (engine/peers_keep.c), and when
-- a load was taken back.
--
-- A row of kept is one keeping: of which day, by which rules (who is tied, and how groups are
-- found, as text), for which audience, and what was loaded by then. Letters are numbers from 0.
CREATE TABLE kept (
    row         INTEGER PRIMARY KEY,
    rules       TEXT NOT NULL,
    audience    TEXT NOT NULL,
    as_of       TEXT NOT NULL,
    next_letter INTEGER NOT NULL CHECK (next_letter >= 0), -- the first that no group has had
    load        INTEGER NOT NULL, -- the last one; a row of batch, or 0
    user        TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    kept_at     TEXT NOT NULL
) STRICT;

CREATE TABLE kept_member (
    kept   INTEGER NOT NULL REFERENCES kept,
    person INTEGER NOT NULL REFERENCES entity,
    letter INTEGER NOT NULL CHECK (letter >= 0),
    weight REAL NOT NULL CHECK (weight >= 0), -- of the ties to the others of the group
    PRIMARY KEY (kept, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX kept_rules ON kept (rules, audience, as_of);
CREATE INDEX kept_member_person ON kept_member (person);

ALTER TABLE batch ADD COLUMN undone_at TEXT NOT NULL DEFAULT ''; -- UTC; '' while it holds, or when not known

PRAGMA user_version = 11;
