-- assess_forms: the assessments of a person and of the records confirmed to be the same person,
-- newest first, each with its items; a month alone counts as its last day.
--   :row  INTEGER  the person
--   -> assessment INTEGER; id, person, tool, assessed_on, assessor_role, level TEXT;
--      item, status, voice, text TEXT (missing when nothing was ticked);
--      doubted INTEGER (1: the item or the whole form is graded E)
SELECT a.row AS assessment, a.id, p.id AS person, a.tool, a.assessed_on, a.assessor_role, a.level,
       i.item, i.status, i.voice, i.text,
       ifnull(io.info_grade = 'E', 0) OR ifnull(ao.info_grade = 'E', 0) AS doubted
  FROM assessment AS a
  JOIN entity AS p ON p.row = a.person
  JOIN origin AS ao ON ao.row = a.origin
  LEFT JOIN indicator AS i ON i.assessment = a.row
  LEFT JOIN origin AS io ON io.row = i.origin
 WHERE a.person IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY CASE WHEN length(a.assessed_on) = 7 THEN a.assessed_on || '-32'
               ELSE a.assessed_on END DESC, a.id, i.item, i.row;
