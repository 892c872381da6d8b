-- migrate_2: what people, places, groups and objects can be found by (engine/find_keys.c).
--
-- A key is a letter and a text: 'w' a word of a name, 'r' the word backwards, 'c' its consonants
-- and the word, 'b' a date of birth, '#' four digits of a hash of an id, identifier or postcode.
-- entities holds the rows that have the key, as one load gave it, in few bytes; a load that is
-- in the index whole has the key ''. What a correction replaced stays under its load, so the
-- rows of a key are where to look, and never the answer.
CREATE TABLE find_key (
    key      TEXT NOT NULL,
    batch    INTEGER NOT NULL REFERENCES batch,
    entities BLOB NOT NULL,
    PRIMARY KEY (key, batch)
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
