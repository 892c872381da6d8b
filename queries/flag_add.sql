-- flag_add: keeps a flag of a person; nothing when its digest and nth are there already.
--   :person  INTEGER
--   :flag  :status  :valid_from  :valid_to  :holder  :extra  TEXT
--   :digest  BLOB
--   :nth  :origin  :batch  INTEGER
INSERT INTO flag
    (person, flag, status, valid_from, valid_to, holder, extra, digest, nth, origin, batch)
VALUES
    (:person, :flag, :status, :valid_from, :valid_to, :holder, :extra, :digest, :nth, :origin,
    :batch)
ON CONFLICT (digest, nth) DO NOTHING;
