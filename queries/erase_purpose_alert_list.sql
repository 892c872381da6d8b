-- erase_purpose_alert_list: empties a purpose.
--   :row  INTEGER
UPDATE alert_list SET purpose = '' WHERE row = :row;
