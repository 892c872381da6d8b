-- link_add: keeps a link; nothing when its digest and nth are there already.
--   :id  TEXT
--   :from_entity  :to_entity  :kind  INTEGER
--   :valence  TEXT
--   :weight  REAL
--   :valid_from  :valid_to  :conviction_ref  :notes  :extra  TEXT
--   :digest  BLOB
--   :nth  :origin  :batch  INTEGER
INSERT INTO link
    (id, from_entity, to_entity, kind, valence, weight, valid_from, valid_to, conviction_ref,
    notes, extra, digest, nth, origin, batch)
VALUES
    (:id, :from_entity, :to_entity, :kind, :valence, :weight, :valid_from, :valid_to,
    :conviction_ref, :notes, :extra, :digest, :nth, :origin, :batch)
ON CONFLICT (digest, nth) WHERE id IS NULL DO NOTHING;
