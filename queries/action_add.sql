-- action_add: keeps an action.
INSERT OR FAIL INTO action
    (id, subject, context, goal, action, due, owner_role, measure_of_success, status, extra,
    origin, batch)
SELECT c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12
  FROM waiting;
