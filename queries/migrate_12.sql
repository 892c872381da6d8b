-- migrate_12: who says that a record is wrong, and what became of it (kith/contest.h, R63). A contest
-- stays with its record and is never taken away by what is decided of it.
--
-- It is of one thing: a link; a context item; an event; with an event and a person, that person's
-- part in it (with role, in that role); else a person, place, group or object. field narrows it.
CREATE TABLE contest (
    row          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 64),
    subject      INTEGER REFERENCES entity,
    event        INTEGER REFERENCES event,
    link         INTEGER REFERENCES link,
    context      INTEGER REFERENCES context,
    role         TEXT NOT NULL,
    field        TEXT NOT NULL, -- '' for the whole record
    contested_by TEXT NOT NULL CHECK (contested_by <> ''), -- who, as a role: parent, social worker
    contested_on TEXT NOT NULL CHECK (contested_on <> ''),
    reason       TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected')),
    resolved_on  TEXT NOT NULL, -- '' while it is open
    resolved_by  TEXT NOT NULL,
    resolution   TEXT NOT NULL,
    extra        TEXT NOT NULL,
    origin       INTEGER NOT NULL REFERENCES origin,
    batch        INTEGER NOT NULL REFERENCES batch,
    CHECK ((state = 'open') = (resolved_on = '')),
    CHECK ((subject IS NOT NULL OR event IS NOT NULL) + (link IS NOT NULL) + (context IS NOT NULL) = 1)
) STRICT;

CREATE INDEX contest_subject ON contest (subject) WHERE subject IS NOT NULL;
CREATE INDEX contest_event ON contest (event) WHERE event IS NOT NULL;
CREATE INDEX contest_link ON contest (link) WHERE link IS NOT NULL;
CREATE INDEX contest_context ON contest (context) WHERE context IS NOT NULL;

-- The days between which each holds, a month counting as its last day; what was upheld of one field
-- holds until its source has corrected that field. wrong: from the day when it was upheld the record
-- is held to be wrong, and counts for nothing.
CREATE VIEW contest_time AS
SELECT c.row, c.subject, c.event, c.link, c.context, c.role, c.batch,
       c.contested_on || CASE length(c.contested_on) WHEN 7 THEN '-31' ELSE '' END AS since,
       CASE WHEN c.state = 'open' THEN 'never'
            WHEN c.state = 'upheld' AND c.field <> '' AND NOT EXISTS (
                SELECT 1 FROM correction AS k
                 WHERE k.table_name = CASE WHEN c.link IS NOT NULL THEN 'link' ELSE 'event' END
                   AND k.record = coalesce(c.link, c.event) AND k.field = c.field AND k.batch > c.batch)
            THEN 'never'
            ELSE c.resolved_on || CASE length(c.resolved_on) WHEN 7 THEN '-31' ELSE '' END END AS settled,
       c.state = 'upheld' AND c.field = '' AS wrong
  FROM contest AS c;

PRAGMA user_version = 12;
