-- scale_add: keeps a rating of safety; nothing when its digest and nth are there already.
--   :person  INTEGER
--   :rated_on  :rater  TEXT
--   :score  INTEGER
--   :extra  TEXT
--   :digest  BLOB
--   :nth  :origin  :batch  INTEGER
INSERT INTO scale
    (person, rated_on, rater, score, extra, digest, nth, origin, batch)
VALUES
    (:person, :rated_on, :rater, :score, :extra, :digest, :nth, :origin, :batch)
ON CONFLICT (digest, nth) DO NOTHING;
