-- event_read: an event as it is recorded, in words and outside ids, with its origin.
--   :row  INTEGER  its row
--   -> id, kind, occurred_at, ended_at, location TEXT; severity INTEGER; summary, extra,
--      source, report_ref TEXT; source_grade INTEGER; info_grade, other_grade, handling,
--      conditions, recorded_on TEXT
-- one row
SELECT t.id, word.text AS kind, t.occurred_at, t.ended_at, location_entity.id AS location,
       t.severity, t.summary, t.extra, source.name AS source, origin.report_ref,
       origin.source_grade, origin.info_grade, origin.other_grade, origin.handling,
       origin.conditions, origin.recorded_on
  FROM event AS t
  JOIN word ON word.row = t.kind
  LEFT JOIN entity AS location_entity ON location_entity.row = t.location
  JOIN origin ON origin.row = t.origin
  LEFT JOIN source ON source.row = origin.source
 WHERE t.row = :row;
