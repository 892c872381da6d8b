-- alert_sent: what was sent on the lists of the window, the newest first.
--   :since  :as_of  TEXT  days that the lists cover
--   -> day, list, sent_at, user, audience, recipient, event, person, role, kind TEXT; late INTEGER
-- scans: alert_list
SELECT l.day, l.list, l.sent_at, l.user, l.audience, a.recipient, a.event, a.person, a.role, a.kind, a.late
  FROM alert_list AS l
 CROSS JOIN alert AS a ON a.list = l.row
 WHERE l.day BETWEEN :since AND :as_of
 ORDER BY l.row DESC, a.recipient = '', a.recipient, a.event, a.person;
