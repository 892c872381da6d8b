-- find_key_add: the rows that have a key, of one load.
INSERT OR FAIL INTO find_key (key, batch, entities) SELECT c1, c2, c3 FROM waiting;
