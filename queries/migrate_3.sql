-- migrate_3: the panel's own weighting of contexts (R36). Rows are added and never changed.

CREATE TABLE panel (
    row           INTEGER PRIMARY KEY,
    subject       INTEGER NOT NULL REFERENCES entity,
    decided_on    TEXT NOT NULL,
    lead          TEXT NOT NULL CHECK (lead IN ('home', 'peer', 'school', 'neighbourhood', 'online', 'none')),
    home          REAL CHECK (home BETWEEN 0 AND 100), -- percent; all NULL when only a lead was named
    peer          REAL CHECK (peer BETWEEN 0 AND 100),
    school        REAL CHECK (school BETWEEN 0 AND 100),
    neighbourhood REAL CHECK (neighbourhood BETWEEN 0 AND 100),
    online        REAL CHECK (online BETWEEN 0 AND 100),
    reason        TEXT NOT NULL CHECK (reason <> ''),
    user          TEXT NOT NULL,
    purpose       TEXT NOT NULL,
    recorded_at   TEXT NOT NULL
) STRICT;

CREATE INDEX panel_subject ON panel (subject);

PRAGMA user_version = 3;
