-- picture_add: a picture that is kept.
--   :audience  :subject  :layout  TEXT
--   :as_of     TEXT  YYYY-MM-DD
--   :user  :purpose  TEXT
INSERT INTO picture (audience, subject, layout, as_of, user, purpose)
VALUES (:audience, :subject, :layout, :as_of, :user, :purpose);
