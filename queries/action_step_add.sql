-- action_step_add: the status of an action from a day on.
--   :action  INTEGER
--   :stepped_on  TEXT  YYYY-MM-DD
--   :status  :note  :user  :purpose  :recorded_at  TEXT
INSERT INTO action_step (action, stepped_on, status, note, user, purpose, recorded_at)
VALUES (:action, :stepped_on, :status, :note, :user, :purpose, :recorded_at);
