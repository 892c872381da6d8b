-- near_link: one declared link, as the network needs it.
--   :row  INTEGER
--   -> row INTEGER; id TEXT ('' when it has none); from_entity, to_entity INTEGER;
--      kind INTEGER (a row of word); valence TEXT; weight REAL (NULL when none);
--      valid_from, valid_to TEXT; convicted INTEGER (1 with a conviction reference);
--      origin INTEGER
-- one row
SELECT row, ifnull(id, '') AS id, from_entity, to_entity, kind, valence, weight,
       valid_from, valid_to, conviction_ref <> '' AS convicted, origin
  FROM link
 WHERE row = :row;
