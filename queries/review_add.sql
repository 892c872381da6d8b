-- review_add: what a review decided.
--   :entity  INTEGER
--   :decision  :until  :reason  :user  :purpose  :decided_on  :recorded_at  TEXT
INSERT INTO review (entity, decision, until, reason, user, purpose, decided_on, recorded_at)
VALUES (:entity, :decision, :until, :reason, :user, :purpose, :decided_on, :recorded_at);
