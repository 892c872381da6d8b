-- restriction_add: keeps a condition that keeps people apart; nothing when its digest and nth are there already.
--   :person  :other  INTEGER
--   :kind  :imposed_by  :valid_from  :valid_to  :extra  TEXT
--   :digest  BLOB
--   :nth  :origin  :batch  INTEGER
INSERT INTO restriction
    (person, other, kind, imposed_by, valid_from, valid_to, extra, digest, nth, origin, batch)
VALUES
    (:person, :other, :kind, :imposed_by, :valid_from, :valid_to, :extra, :digest, :nth,
    :origin, :batch)
ON CONFLICT (digest, nth) DO NOTHING;
