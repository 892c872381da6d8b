-- migrate_7: which alerts were sent, to whom (R43). Ids and words stand as they were sent: taking back
-- a load takes back nothing that somebody has read.
CREATE TABLE alert_list (
    row      INTEGER PRIMARY KEY,
    list     TEXT NOT NULL CHECK (list IN ('schools', 'ppn')),
    day      TEXT NOT NULL, -- the day that it covers
    sent_at  TEXT NOT NULL,
    user     TEXT NOT NULL,
    purpose  TEXT NOT NULL,
    audience TEXT NOT NULL,
    names    TEXT NOT NULL
) STRICT;

CREATE TABLE alert (
    list      INTEGER NOT NULL REFERENCES alert_list,
    recipient TEXT NOT NULL, -- a school's id or a local authority; '' when none was recorded
    event     TEXT NOT NULL,
    person    TEXT NOT NULL,
    role      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    late      INTEGER NOT NULL CHECK (late IN (0, 1)),
    PRIMARY KEY (list, recipient, event, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_list_day ON alert_list (list, day);

PRAGMA user_version = 7;
