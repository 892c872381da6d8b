-- grouping_add: keeps a group.
INSERT OR FAIL INTO grouping
    (entity, name, kind, extra)
SELECT c1, c2, c3, c4
  FROM waiting;
