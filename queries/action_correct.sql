-- action_correct: gives an action the content that its source now sends.
--   :subject  INTEGER
--   :context  :goal  :action  :due  :owner_role  :measure_of_success  :status  :extra  TEXT
--   :origin  :row  INTEGER
UPDATE action
   SET subject = :subject, context = :context, goal = :goal, action = :action, due = :due,
       owner_role = :owner_role, measure_of_success = :measure_of_success, status = :status,
       extra = :extra, origin = :origin
 WHERE row = :row;
