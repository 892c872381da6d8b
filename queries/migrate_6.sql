-- migrate_6: where things stood in pictures that were kept (viz/positions.c), so that the next picture
-- of the same looks like the last. What is drawn is kept here; nothing is read from here but places.

CREATE TABLE picture (
    row      INTEGER PRIMARY KEY,
    audience TEXT NOT NULL,
    subject  TEXT NOT NULL, -- what it is a picture of, as its maker names it
    layout   TEXT NOT NULL,
    as_of    TEXT NOT NULL,
    user     TEXT NOT NULL,
    purpose  TEXT NOT NULL,
    UNIQUE (audience, subject, layout, as_of)
) STRICT;

-- Lengths are hundredths of a point, as they are printed.
CREATE TABLE picture_place (
    picture INTEGER NOT NULL REFERENCES picture,
    entity  INTEGER REFERENCES entity,
    event   INTEGER REFERENCES event,
    x       INTEGER NOT NULL,
    y       INTEGER NOT NULL,
    width   INTEGER NOT NULL,
    height  INTEGER NOT NULL,
    pinned  INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    CHECK ((entity IS NULL) <> (event IS NULL))
) STRICT;

CREATE INDEX picture_place_picture ON picture_place (picture);
CREATE INDEX picture_place_entity ON picture_place (entity) WHERE entity IS NOT NULL;
CREATE INDEX picture_place_event ON picture_place (event) WHERE event IS NOT NULL;

PRAGMA user_version = 6;
