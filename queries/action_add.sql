-- action_add: keeps an action.
--   :id  TEXT
--   :subject  INTEGER
--   :context  :goal  :action  :due  :owner_role  :measure_of_success  :status  :extra  TEXT
--   :origin  :batch  INTEGER
INSERT INTO action
    (id, subject, context, goal, action, due, owner_role, measure_of_success, status, extra,
    origin, batch)
VALUES
    (:id, :subject, :context, :goal, :action, :due, :owner_role, :measure_of_success, :status,
    :extra, :origin, :batch);
