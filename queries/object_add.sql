-- object_add: keeps an object.
INSERT OR FAIL INTO object
    (entity, kind, label, extra)
SELECT c1, c2, c3, c4
  FROM waiting;
