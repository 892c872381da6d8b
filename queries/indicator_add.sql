-- indicator_add: keeps an indicator of an assessment; nothing when its digest and nth are there already.
--   :assessment  INTEGER
--   :item  :status  :voice  :text  :extra  TEXT
--   :digest  BLOB
--   :nth  :origin  :batch  INTEGER
INSERT INTO indicator
    (assessment, item, status, voice, text, extra, digest, nth, origin, batch)
VALUES
    (:assessment, :item, :status, :voice, :text, :extra, :digest, :nth, :origin, :batch)
ON CONFLICT (digest, nth) DO NOTHING;
