-- link_all: every declared link, as the network needs it.
--   :through  INTEGER  the last load that counts
--   -> row INTEGER; id TEXT ('' when it has none); from_entity, to_entity INTEGER;
--      kind INTEGER (a row of word); valence TEXT; weight REAL (NULL when none);
--      valid_from, valid_to TEXT; convicted INTEGER (1 with a conviction reference);
--      origin INTEGER
-- scans: link
SELECT row, ifnull(id, '') AS id, from_entity, to_entity, kind, valence, weight,
       valid_from, valid_to, conviction_ref <> '' AS convicted, origin
  FROM link WHERE batch <= :through ORDER BY row;
