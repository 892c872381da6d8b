-- context_add: keeps a fact about a context; nothing when its digest and nth are there already.
--   :subject  INTEGER
--   :context  :valence  :to_context  :nature  TEXT
--   :severity  INTEGER
--   :observed_on  TEXT
--   :event  INTEGER
--   :summary  :extra  TEXT
--   :digest  BLOB
--   :nth  :origin  :batch  INTEGER
INSERT INTO context
    (subject, context, valence, to_context, nature, severity, observed_on, event, summary,
    extra, digest, nth, origin, batch)
VALUES
    (:subject, :context, :valence, :to_context, :nature, :severity, :observed_on, :event,
    :summary, :extra, :digest, :nth, :origin, :batch)
ON CONFLICT (digest, nth) DO NOTHING;
