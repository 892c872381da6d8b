-- source_right_set: by what right a source's records are held, in the place of what was said before.
--   :source  :held_for  :basis  :controller  :review_on  :user  :set_at  TEXT
INSERT INTO source_right (source, held_for, basis, controller, review_on, user, set_at)
VALUES (:source, :held_for, :basis, :controller, :review_on, :user, :set_at)
    ON CONFLICT (source) DO UPDATE
   SET held_for = excluded.held_for, basis = excluded.basis, controller = excluded.controller,
       review_on = excluded.review_on, user = excluded.user, set_at = excluded.set_at;
