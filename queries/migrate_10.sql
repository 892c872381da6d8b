-- migrate_10: who may open the hub and what they may see (kith/access.h). A hub without accounts is
-- its owner's alone. What each role means is the policy's; the hub may keep one.

CREATE TABLE account (
    row        INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE CHECK (name <> ''), -- under which the key was added
    agency     TEXT NOT NULL, -- a source's name; '' for none
    added_at   TEXT NOT NULL,
    added_by   TEXT NOT NULL,
    revoked_at TEXT NOT NULL, -- '' while it holds
    revoked_by TEXT NOT NULL
) STRICT;

CREATE TABLE account_role (
    account INTEGER NOT NULL REFERENCES account,
    role    TEXT NOT NULL CHECK (role <> ''),
    PRIMARY KEY (account, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE team_member (
    team    TEXT NOT NULL CHECK (team <> ''),
    account INTEGER NOT NULL REFERENCES account,
    PRIMARY KEY (team, account)
) STRICT, WITHOUT ROWID;

-- A case: people (or places, groups, objects), and the teams that work on it.
CREATE TABLE casework (
    row        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE CHECK (id <> ''),
    restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)), -- 1: its people are seen by its teams only
    opened_at  TEXT NOT NULL,
    opened_by  TEXT NOT NULL
) STRICT;

CREATE TABLE casework_team (
    casework INTEGER NOT NULL REFERENCES casework,
    team     TEXT NOT NULL CHECK (team <> ''),
    PRIMARY KEY (casework, team)
) STRICT, WITHOUT ROWID;

CREATE TABLE casework_entity (
    casework INTEGER NOT NULL REFERENCES casework,
    entity   INTEGER NOT NULL REFERENCES entity,
    PRIMARY KEY (casework, entity)
) STRICT, WITHOUT ROWID;

CREATE INDEX casework_entity_entity ON casework_entity (entity);

-- The policy that the hub keeps, as its file; the last row holds.
CREATE TABLE policy (
    row     INTEGER PRIMARY KEY,
    text    TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    kept_by TEXT NOT NULL
) STRICT;

PRAGMA user_version = 10;
