-- event_day_before: the newest day of an event before the month in which a window begins: where to look
-- when there is nothing in it. A month counts as its last day. Events that were corrected after the loads
-- that count are left out.
--   :since  TEXT
--   :through  INTEGER  the last load that counts
--   -> day TEXT (NULL when there is none)
-- scans: event
-- one row
SELECT max(CASE length(occurred_at) WHEN 7 THEN date(occurred_at || '-01', '+1 month', '-1 day')
                ELSE substr(occurred_at, 1, 10) END) AS day
  FROM event AS e
 WHERE occurred_at <> '' AND occurred_at < substr(:since, 1, 7) AND batch <= :through
   AND NOT EXISTS (SELECT 1 FROM correction
                    WHERE table_name = 'event' AND record = e.row AND batch > :through);
