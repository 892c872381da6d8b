-- event_add: keeps an event.
--   :id  TEXT
--   :kind  INTEGER
--   :occurred_at  :ended_at  TEXT
--   :location  :severity  INTEGER
--   :summary  :extra  TEXT
--   :origin  :batch  INTEGER
INSERT INTO event
    (id, kind, occurred_at, ended_at, location, severity, summary, extra, origin, batch)
VALUES
    (:id, :kind, :occurred_at, :ended_at, :location, :severity, :summary, :extra, :origin,
    :batch);
