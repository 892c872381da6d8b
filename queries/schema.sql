-- schema: the tables of a hub, version 1.
--
-- A row number names a record inside a hub and means nothing outside; what users write
-- is the text id. People, places, groups and objects share one space of rows (entity),
-- because a link may join any two of them. Words (kinds, roles, valences) and origins
-- are stored once and referred to. Dates are canonical ISO text with their precision.
-- `extra` holds the columns that Kith does not know, as a JSON object, '' for none.
-- A record without an id of its own is named by its digest (all its columns and its
-- source) and nth, so that n equal rows mean n records and never 2n.

PRAGMA application_id = 1263096904;
PRAGMA user_version = 1;

CREATE TABLE word (
    row  INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE CHECK (text <> '')
) STRICT;

CREATE TABLE source (
    row  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;

CREATE TABLE batch (
    row       INTEGER PRIMARY KEY,
    loaded_at TEXT NOT NULL,
    user      TEXT NOT NULL,
    purpose   TEXT NOT NULL,
    files     TEXT NOT NULL,
    records   INTEGER NOT NULL
) STRICT;

CREATE TABLE origin (
    row          INTEGER PRIMARY KEY,
    source       INTEGER REFERENCES source,
    report_ref   TEXT NOT NULL,
    source_grade INTEGER CHECK (source_grade BETWEEN 1 AND 3),
    info_grade   TEXT CHECK (info_grade IN ('A', 'B', 'C', 'D', 'E')),
    other_grade  TEXT NOT NULL,
    handling     TEXT NOT NULL CHECK (handling IN ('', 'P', 'C')),
    conditions   TEXT NOT NULL,
    recorded_on  TEXT NOT NULL,
    CHECK ((source_grade IS NULL) = (info_grade IS NULL)),
    CHECK (handling <> 'C' OR conditions <> '')
) STRICT;

CREATE TABLE entity (
    row    INTEGER PRIMARY KEY,
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4), -- 1 person, 2 location, 3 group, 4 object
    id     TEXT NOT NULL CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 64),
    origin INTEGER NOT NULL REFERENCES origin,
    batch  INTEGER NOT NULL REFERENCES batch,
    UNIQUE (id, kind)
) STRICT;

CREATE TABLE person (
    entity          INTEGER PRIMARY KEY REFERENCES entity,
    name            TEXT NOT NULL,
    aliases         TEXT NOT NULL,
    dob             TEXT NOT NULL,
    sex             TEXT NOT NULL,
    ethnicity       TEXT NOT NULL,
    local_authority TEXT NOT NULL,
    school          INTEGER REFERENCES entity,
    postcode        TEXT NOT NULL,
    address         TEXT NOT NULL,
    identifiers     TEXT NOT NULL,
    notes           TEXT NOT NULL,
    extra           TEXT NOT NULL
) STRICT;

CREATE TABLE location (
    entity   INTEGER PRIMARY KEY REFERENCES entity,
    name     TEXT NOT NULL,
    kind     INTEGER REFERENCES word,
    lat      REAL CHECK (lat BETWEEN -90 AND 90),
    lon      REAL CHECK (lon BETWEEN -180 AND 180),
    easting  REAL,
    northing REAL,
    postcode TEXT NOT NULL,
    address  TEXT NOT NULL,
    extra    TEXT NOT NULL,
    CHECK ((lat IS NULL) = (lon IS NULL)),
    CHECK ((easting IS NULL) = (northing IS NULL))
) STRICT;

CREATE TABLE grouping (
    entity INTEGER PRIMARY KEY REFERENCES entity,
    name   TEXT NOT NULL,
    kind   INTEGER REFERENCES word,
    extra  TEXT NOT NULL
) STRICT;

CREATE TABLE object (
    entity INTEGER PRIMARY KEY REFERENCES entity,
    kind   INTEGER REFERENCES word,
    label  TEXT NOT NULL,
    extra  TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    row         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 64),
    kind        INTEGER NOT NULL REFERENCES word,
    occurred_at TEXT NOT NULL, -- '' when unknown
    ended_at    TEXT NOT NULL,
    location    INTEGER REFERENCES entity,
    severity    INTEGER CHECK (severity BETWEEN 1 AND 3),
    summary     TEXT NOT NULL,
    extra       TEXT NOT NULL,
    origin      INTEGER NOT NULL REFERENCES origin,
    batch       INTEGER NOT NULL REFERENCES batch
) STRICT;

CREATE TABLE participation (
    event          INTEGER NOT NULL REFERENCES event,
    person         INTEGER NOT NULL REFERENCES entity,
    role           INTEGER NOT NULL REFERENCES word,
    origin         INTEGER NOT NULL REFERENCES origin,
    conviction_ref TEXT NOT NULL,
    extra          TEXT NOT NULL,
    nth            INTEGER NOT NULL CHECK (nth >= 1),
    batch          INTEGER NOT NULL REFERENCES batch,
    PRIMARY KEY (event, person, role, origin, conviction_ref, extra, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    row            INTEGER PRIMARY KEY,
    id             TEXT CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 64),
    from_entity    INTEGER NOT NULL REFERENCES entity,
    to_entity      INTEGER NOT NULL REFERENCES entity,
    kind           INTEGER NOT NULL REFERENCES word,
    valence        TEXT NOT NULL CHECK (valence IN ('', 'risk', 'protective', 'neutral')),
    weight         REAL CHECK (weight > 0),
    valid_from     TEXT NOT NULL,
    valid_to       TEXT NOT NULL,
    conviction_ref TEXT NOT NULL,
    notes          TEXT NOT NULL,
    extra          TEXT NOT NULL,
    digest         BLOB NOT NULL CHECK (length(digest) = 16),
    nth            INTEGER NOT NULL CHECK (nth >= 1),
    origin         INTEGER NOT NULL REFERENCES origin,
    batch          INTEGER NOT NULL REFERENCES batch,
    CHECK (from_entity <> to_entity)
) STRICT;

CREATE TABLE context (
    row         INTEGER PRIMARY KEY,
    subject     INTEGER NOT NULL REFERENCES entity,
    context     TEXT NOT NULL CHECK (context <> ''), -- one context, or several as 'peer+school'
    valence     TEXT NOT NULL CHECK (valence IN ('risk', 'protective', 'drives')),
    to_context  TEXT NOT NULL,
    nature      TEXT NOT NULL CHECK (nature IN ('', 'incident', 'condition', 'standing')),
    severity    INTEGER CHECK (severity BETWEEN 1 AND 3), -- NULL counts as 1 and is listed
    observed_on TEXT NOT NULL,
    event       INTEGER REFERENCES event,
    summary     TEXT NOT NULL,
    extra       TEXT NOT NULL,
    digest      BLOB NOT NULL CHECK (length(digest) = 16),
    nth         INTEGER NOT NULL CHECK (nth >= 1),
    origin      INTEGER NOT NULL REFERENCES origin,
    batch       INTEGER NOT NULL REFERENCES batch,
    CHECK ((valence = 'drives') = (to_context <> ''))
) STRICT;

CREATE TABLE flag (
    row        INTEGER PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES entity,
    flag       TEXT NOT NULL CHECK (flag <> ''),
    status     TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    holder     TEXT NOT NULL,
    extra      TEXT NOT NULL,
    digest     BLOB NOT NULL CHECK (length(digest) = 16),
    nth        INTEGER NOT NULL CHECK (nth >= 1),
    origin     INTEGER NOT NULL REFERENCES origin,
    batch      INTEGER NOT NULL REFERENCES batch
) STRICT;

-- constraints.csv: conditions that keep people apart; never evidence of association (R14).
CREATE TABLE restriction (
    row        INTEGER PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES entity,
    other      INTEGER REFERENCES entity,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    imposed_by TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    extra      TEXT NOT NULL,
    digest     BLOB NOT NULL CHECK (length(digest) = 16),
    nth        INTEGER NOT NULL CHECK (nth >= 1),
    origin     INTEGER NOT NULL REFERENCES origin,
    batch      INTEGER NOT NULL REFERENCES batch
) STRICT;

CREATE TABLE assessment (
    row           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 64),
    person        INTEGER NOT NULL REFERENCES entity,
    tool          TEXT NOT NULL CHECK (tool <> ''),
    assessed_on   TEXT NOT NULL,
    assessor_role TEXT NOT NULL,
    level         TEXT NOT NULL, -- the practitioner's own
    extra         TEXT NOT NULL,
    origin        INTEGER NOT NULL REFERENCES origin,
    batch         INTEGER NOT NULL REFERENCES batch
) STRICT;

CREATE TABLE indicator (
    row        INTEGER PRIMARY KEY,
    assessment INTEGER NOT NULL REFERENCES assessment,
    item       TEXT NOT NULL CHECK (item <> ''),
    status     TEXT NOT NULL CHECK (status IN ('', 'present', 'current', 'historic')),
    voice      TEXT NOT NULL CHECK (voice IN ('', 'child', 'parent', 'worker')),
    text       TEXT NOT NULL,
    extra      TEXT NOT NULL,
    digest     BLOB NOT NULL CHECK (length(digest) = 16),
    nth        INTEGER NOT NULL CHECK (nth >= 1),
    origin     INTEGER NOT NULL REFERENCES origin,
    batch      INTEGER NOT NULL REFERENCES batch
) STRICT;

CREATE TABLE scale (
    row      INTEGER PRIMARY KEY,
    person   INTEGER NOT NULL REFERENCES entity,
    rated_on TEXT NOT NULL,
    rater    TEXT NOT NULL CHECK (rater IN ('worker', 'parent', 'child')),
    score    INTEGER CHECK (score BETWEEN 0 AND 10), -- NULL: not asked
    extra    TEXT NOT NULL,
    digest   BLOB NOT NULL CHECK (length(digest) = 16),
    nth      INTEGER NOT NULL CHECK (nth >= 1),
    origin   INTEGER NOT NULL REFERENCES origin,
    batch    INTEGER NOT NULL REFERENCES batch
) STRICT;

CREATE TABLE action (
    row                INTEGER PRIMARY KEY,
    id                 TEXT NOT NULL UNIQUE CHECK (length(CAST(id AS BLOB)) BETWEEN 1 AND 64),
    subject            INTEGER REFERENCES entity,
    context            TEXT NOT NULL,
    goal               TEXT NOT NULL,
    action             TEXT NOT NULL,
    due                TEXT NOT NULL,
    owner_role         TEXT NOT NULL,
    measure_of_success TEXT NOT NULL,
    status             TEXT NOT NULL,
    extra              TEXT NOT NULL,
    origin             INTEGER NOT NULL REFERENCES origin,
    batch              INTEGER NOT NULL REFERENCES batch
) STRICT;

-- What a correction replaced: nothing that a source sent is lost.
CREATE TABLE correction (
    row        INTEGER PRIMARY KEY,
    batch      INTEGER NOT NULL REFERENCES batch,
    table_name TEXT NOT NULL,
    record     INTEGER NOT NULL, -- row of the record in its table
    field      TEXT NOT NULL,
    old_value  TEXT NOT NULL,
    new_value  TEXT NOT NULL
) STRICT;

-- What somebody decided of two records: one person (or place), or two. The records stay
-- whole; a decision that was taken back stays too, with who did it and when.
CREATE TABLE decision (
    row        INTEGER PRIMARY KEY,
    one        INTEGER NOT NULL REFERENCES entity,
    other      INTEGER NOT NULL REFERENCES entity,
    same       INTEGER NOT NULL CHECK (same IN (0, 1)),
    user       TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    undone_at  TEXT NOT NULL, -- '' while it holds
    undone_by  TEXT NOT NULL,
    CHECK (one < other)
) STRICT;

-- What follows from the confirmed ones: each record of a chain, and the one whose id, the
-- smallest, stands for all. Written anew with each decision.
CREATE TABLE sameness (
    entity INTEGER PRIMARY KEY REFERENCES entity,
    leader INTEGER NOT NULL REFERENCES entity
) STRICT;

CREATE UNIQUE INDEX decision_pair ON decision (one, other) WHERE undone_at = '';
CREATE INDEX decision_other ON decision (other);
CREATE INDEX sameness_leader ON sameness (leader);
CREATE INDEX person_school ON person (school) WHERE school IS NOT NULL;
CREATE INDEX event_location ON event (location);
CREATE INDEX participation_person ON participation (person);
CREATE UNIQUE INDEX link_id ON link (id) WHERE id IS NOT NULL;
CREATE UNIQUE INDEX link_digest ON link (digest, nth) WHERE id IS NULL;
CREATE INDEX link_from ON link (from_entity);
CREATE INDEX link_to ON link (to_entity);
CREATE INDEX context_subject ON context (subject);
CREATE UNIQUE INDEX context_digest ON context (digest, nth);
CREATE INDEX flag_person ON flag (person);
CREATE UNIQUE INDEX flag_digest ON flag (digest, nth);
CREATE INDEX restriction_person ON restriction (person);
CREATE INDEX restriction_other ON restriction (other) WHERE other IS NOT NULL;
CREATE UNIQUE INDEX restriction_digest ON restriction (digest, nth);
CREATE INDEX assessment_person ON assessment (person);
CREATE INDEX indicator_assessment ON indicator (assessment);
CREATE UNIQUE INDEX indicator_digest ON indicator (digest, nth);
CREATE INDEX scale_person ON scale (person);
CREATE UNIQUE INDEX scale_digest ON scale (digest, nth);
CREATE INDEX action_subject ON action (subject);
CREATE INDEX correction_record ON correction (table_name, record);
CREATE UNIQUE INDEX origin_whole ON origin
    (ifnull(source, 0), report_ref, ifnull(source_grade, 0), ifnull(info_grade, ''),
     other_grade, handling, conditions, recorded_on);

-- An origin as people read it.
CREATE VIEW provenance AS
SELECT o.row AS origin, coalesce(s.name, '') AS source, o.report_ref,
       CASE WHEN o.source_grade IS NULL THEN
                CASE WHEN o.other_grade = '' THEN 'ungraded' ELSE o.other_grade END
            ELSE o.source_grade || o.info_grade END AS grade,
       CASE WHEN o.handling = 'C' THEN 'C: ' || o.conditions ELSE o.handling END AS handling
  FROM origin AS o
  LEFT JOIN source AS s ON s.row = o.source;
