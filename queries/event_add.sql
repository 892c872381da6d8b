-- event_add: keeps an event.
INSERT OR FAIL INTO event
    (id, kind, occurred_at, ended_at, location, severity, summary, extra, origin, batch)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
  FROM waiting;
