-- night_add: a night that was reported.
--   :day  TEXT  the morning, YYYY-MM-DD
--   :load  INTEGER  row of batch, or 0
--   :manifest  :user  :published_at  TEXT
INSERT INTO night (day, load, manifest, user, published_at)
VALUES (:day, :load, :manifest, :user, :published_at);
