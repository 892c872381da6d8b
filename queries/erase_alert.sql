-- erase_alert: takes away what lists told of a person; that a list was sent stays.
--   :id  TEXT
-- scans: alert
DELETE FROM alert WHERE person = :id;
