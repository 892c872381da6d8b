-- outcomes_span: the first and last day on which any event is recorded; those known by their
-- month alone tell no day.
--   -> first, last TEXT (YYYY-MM-DD; missing when there are none)
-- scans: event
-- one row
SELECT min(substr(occurred_at, 1, 10)) AS first, max(substr(occurred_at, 1, 10)) AS last
  FROM event WHERE length(occurred_at) >= 10
