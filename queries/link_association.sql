-- link_association: what the links of one person or group say, and whether any event says it too.
-- Records that are one are taken together; what is graded E says nothing. with_member: a person
-- and another who is linked to the same group took part in one event.
--   :as_of  TEXT
--   :row  INTEGER
--   -> link INTEGER; record, word TEXT; group_kind TEXT (missing when the link is to no group);
--      convicted, from_alleged, to_alleged, with_member INTEGER (0 or 1)
SELECT k.row AS link, coalesce(k.id, 'link:' || k.row) AS record, w.text AS word,
       (SELECT coalesce(gw.text, '') FROM grouping AS g LEFT JOIN word AS gw ON gw.row = g.kind
         WHERE g.entity = k.to_entity) AS group_kind,
       k.conviction_ref <> '' AS convicted,
       EXISTS (SELECT 1 FROM participation AS p
                 JOIN event AS e ON e.row = p.event
                 JOIN origin AS po ON po.row = p.origin
                 JOIN origin AS eo ON eo.row = e.origin
                WHERE p.person IN (SELECT k.from_entity UNION
                                   SELECT t.entity FROM sameness AS s
                                     JOIN sameness AS t ON t.leader = s.leader
                                    WHERE s.entity = k.from_entity)
                  AND coalesce(po.info_grade, '') <> 'E' AND coalesce(eo.info_grade, '') <> 'E'
                  AND substr(e.occurred_at, 1, 10) <= :as_of
                  AND p.role IN (SELECT row FROM word WHERE text IN
                                 ('alleged_perpetrator', 'convicted_perpetrator'))) AS from_alleged,
       EXISTS (SELECT 1 FROM participation AS p
                 JOIN event AS e ON e.row = p.event
                 JOIN origin AS po ON po.row = p.origin
                 JOIN origin AS eo ON eo.row = e.origin
                WHERE p.person IN (SELECT k.to_entity UNION
                                   SELECT t.entity FROM sameness AS s
                                     JOIN sameness AS t ON t.leader = s.leader
                                    WHERE s.entity = k.to_entity)
                  AND coalesce(po.info_grade, '') <> 'E' AND coalesce(eo.info_grade, '') <> 'E'
                  AND substr(e.occurred_at, 1, 10) <= :as_of
                  AND p.role IN (SELECT row FROM word WHERE text IN
                                 ('alleged_perpetrator', 'convicted_perpetrator'))) AS to_alleged,
       EXISTS (SELECT 1 FROM participation AS p
                 JOIN event AS e ON e.row = p.event
                 JOIN participation AS q ON q.event = p.event AND q.person <> p.person
                 JOIN link AS m ON m.from_entity = q.person AND m.to_entity = k.to_entity
                 JOIN origin AS po ON po.row = p.origin
                 JOIN origin AS qo ON qo.row = q.origin
                 JOIN origin AS eo ON eo.row = e.origin
                WHERE EXISTS (SELECT 1 FROM grouping WHERE entity = k.to_entity)
                  AND p.person IN (SELECT k.from_entity UNION
                                   SELECT t.entity FROM sameness AS s
                                     JOIN sameness AS t ON t.leader = s.leader
                                    WHERE s.entity = k.from_entity)
                  AND coalesce(po.info_grade, '') <> 'E' AND coalesce(qo.info_grade, '') <> 'E'
                  AND coalesce(eo.info_grade, '') <> 'E'
                  AND substr(e.occurred_at, 1, 10) <= :as_of
                  AND p.role NOT IN (SELECT row FROM word WHERE text IN ('witness', 'reporter', 'helper'))
                  AND q.role NOT IN (SELECT row FROM word WHERE text IN ('witness', 'reporter', 'helper'))
              ) AS with_member
  FROM (SELECT * FROM link WHERE from_entity IN (SELECT :row UNION
                                                   SELECT t.entity FROM sameness AS s
                                                     JOIN sameness AS t ON t.leader = s.leader
                                                    WHERE s.entity = :row)
        UNION SELECT * FROM link WHERE to_entity IN (SELECT :row UNION
                                                   SELECT t.entity FROM sameness AS s
                                                     JOIN sameness AS t ON t.leader = s.leader
                                                    WHERE s.entity = :row)) AS k
  JOIN word AS w ON w.row = k.kind
 ORDER BY k.row;
