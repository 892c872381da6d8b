-- contest_correct: gives a contest the content that its source now sends.
--   :subject  :event  :link  INTEGER
--   :record  :role  :field  :contested_by  :contested_on  :reason  :state  TEXT
--   :resolved_on  :resolved_by  :resolution  :extra  TEXT
--   :origin  :row  INTEGER
UPDATE contest
   SET subject = :subject, event = :event,
       link = coalesce(:link, CASE WHEN :record LIKE 'link:%' THEN CAST(substr(:record, 6) AS INTEGER) END),
       context = CASE WHEN :record LIKE 'context:%' THEN CAST(substr(:record, 9) AS INTEGER) END,
       role = :role, field = :field, contested_by = :contested_by, contested_on = :contested_on,
       reason = :reason, state = :state, resolved_on = :resolved_on, resolved_by = :resolved_by,
       resolution = :resolution, extra = :extra, origin = :origin
 WHERE row = :row;
