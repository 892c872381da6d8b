-- link_correct: gives a link the content that its source now sends.
--   :from_entity  :to_entity  :kind  INTEGER
--   :valence  TEXT
--   :weight  REAL
--   :valid_from  :valid_to  :conviction_ref  :notes  :extra  TEXT
--   :origin  :row  INTEGER
UPDATE link
   SET from_entity = :from_entity, to_entity = :to_entity, kind = :kind, valence = :valence,
       weight = :weight, valid_from = :valid_from, valid_to = :valid_to,
       conviction_ref = :conviction_ref, notes = :notes, extra = :extra, origin = :origin
 WHERE row = :row;
