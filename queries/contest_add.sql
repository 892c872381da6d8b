-- contest_add: keeps who contests what. A record without an id of its own is named by its row.
INSERT OR FAIL INTO contest
    (id, subject, event, link, context, role, field, contested_by, contested_on, reason, state,
    resolved_on, resolved_by, resolution, extra, origin, batch)
SELECT c1, c2, c3, CASE WHEN c5 LIKE 'link:%' THEN CAST(substr(c5, 6) AS INTEGER) ELSE c4 END,
       CASE WHEN c5 LIKE 'context:%' THEN CAST(substr(c5, 9) AS INTEGER) END,
       c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17
  FROM waiting;
