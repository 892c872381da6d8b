-- migrate_5: what meetings decided, and how their actions went on (kith/actions.h). Rows are
-- added and never changed, but for a decision that is taken back.

CREATE TABLE minute (
    row         INTEGER PRIMARY KEY,
    subject     INTEGER REFERENCES entity, -- NULL: of nobody and nothing by itself
    meeting     TEXT NOT NULL CHECK (meeting IN ('drmm', 'mapping', 'other')),
    decided_on  TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('decision', 'adopted', 'released')),
    text        TEXT NOT NULL,
    user        TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    undone_at   TEXT NOT NULL, -- '' while it holds
    undone_by   TEXT NOT NULL,
    CHECK (text <> '' OR kind <> 'decision'),
    CHECK (subject IS NOT NULL OR kind = 'decision')
) STRICT;

CREATE TABLE action_step (
    row         INTEGER PRIMARY KEY,
    action      INTEGER NOT NULL REFERENCES action,
    stepped_on  TEXT NOT NULL,
    status      TEXT NOT NULL CHECK (status <> ''),
    note        TEXT NOT NULL,
    user        TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;

CREATE INDEX minute_subject ON minute (subject);
CREATE INDEX action_step_action ON action_step (action);

-- The steps that no later load of the same action's status has overtaken.
CREATE VIEW step_held AS
SELECT s.row, s.action, s.stepped_on, s.status, s.note
  FROM action_step AS s
 WHERE s.recorded_at > coalesce((SELECT max(b.loaded_at)
                                   FROM correction AS c
                                   JOIN batch AS b ON b.row = c.batch
                                  WHERE c.table_name = 'action' AND c.record = s.action
                                    AND c.field = 'status'), '');

PRAGMA user_version = 5;
